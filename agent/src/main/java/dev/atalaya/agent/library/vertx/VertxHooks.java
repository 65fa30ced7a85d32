package dev.atalaya.agent.library.vertx;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;

/** What Vert.x does later, and in which of its contexts. */
public final class VertxHooks implements LibraryHooks {
  private static final ThreadLocal<Dispatches> DISPATCHES =
      ThreadLocal.withInitial(Dispatches::new);

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (context, none, nothing, no) -> {
          if (context != null) InPieces.within(context);
          return null;
        });
    hooks.put(
        "begun",
        (context, previous, none, nothing) -> {
          Object left = context == null ? null : InPieces.goesOn(context);
          DISPATCHES.get().begun(previous, left);
          return null;
        });
    hooks.put(
        "ended",
        (previous, none, nothing, no) -> {
          Object left = DISPATCHES.get().ended(previous);
          if (left != null) recorder.restore(left);
          return null;
        });
    hooks.put(
        "comes", (request, none, nothing, no) -> request == null ? null : InPieces.goesOn(request));
    hooks.put(
        "runs", (task, none, nothing, no) -> task == null ? null : recorder.runAttached(task));
  }
}
