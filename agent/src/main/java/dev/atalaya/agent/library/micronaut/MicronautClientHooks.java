package dev.atalaya.agent.library.micronaut;

import dev.atalaya.agent.trace.Assembly;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The line of code that asks, kept with the request until it is sent, and for whom it is. */
public final class MicronautClientHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asked",
        (request, none, nothing, no) -> {
          Object line = recorder.assembly().here();
          if (line != null) States.put(request, line);
          return null;
        });
    hooks.put(
        "redirected",
        (request, next, none, nothing) -> {
          Object line = States.get(request);
          if (line != null) States.put(next, line);
          return null;
        });
    hooks.put(
        "sends",
        (request, none, nothing, no) -> {
          boolean held = request instanceof AtomicReference;
          Assembly.enter(States.get(held ? ((AtomicReference<?>) request).get() : request));
          return null;
        });
    hooks.put(
        "sent",
        (none, nothing, no, nor) -> {
          Assembly.leave();
          return null;
        });
    hooks.put(
        "added",
        (step, none, nothing, no) -> {
          if (step != null) InPieces.within(step);
          return null;
        });
    hooks.put("goesOn", (kept, step, none, nothing) -> step == null ? null : InPieces.goesOn(step));
    hooks.put(
        "left",
        (previous, none, nothing, no) -> {
          if (previous != null) recorder.restore(previous);
          return null;
        });
  }
}
