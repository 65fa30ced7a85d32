package dev.atalaya.agent.library.webflux;

import dev.atalaya.agent.trace.Assembly;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;

/** The line of code goes from object to object, until the request is sent. */
public final class WebClientHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asked",
        (specification, none, nothing, no) -> {
          Object line = recorder.assembly().here();
          if (line != null) States.put(specification, line);
          return null;
        });
    hooks.put(
        "passedOn",
        (from, to, none, nothing) -> {
          Object line = States.get(from);
          if (line != null) States.put(to, line);
          return null;
        });
    hooks.put(
        "connects",
        (request, none, nothing, no) -> {
          Assembly.enter(States.get(request));
          return null;
        });
    hooks.put(
        "connected",
        (none, nothing, no, nor) -> {
          Assembly.leave();
          return null;
        });
  }
}
