package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import dev.atalaya.agent.trace.Subscribed;
import java.util.Map;

/** Listeners of Netty's futures and tasks of its event loops, with the context they came in. */
public final class NettyFutureHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "added",
        (promise, listener, none, nothing) -> {
          if (promise != null && listener != null) added(recorder, promise, listener);
          return null;
        });
    hooks.put(
        "removed",
        (promise, listener, none, nothing) -> {
          Object known = States.get(promise);
          if (known instanceof Listeners) ((Listeners) known).take(listener);
          return null;
        });
    hooks.put(
        "told",
        (future, listener, none, nothing) -> {
          Object known = States.get(future);
          return known instanceof Listeners
              ? Subscribed.enter(((Listeners) known).take(listener))
              : null;
        });
    hooks.put(
        "left",
        (previous, none, nothing, no) -> {
          Subscribed.leave(previous);
          return null;
        });
    hooks.put(
        "handed",
        (task, none, nothing, no) ->
            task != null && Callers.include(task.getClass(), recorder.application().roles)
                ? recorder.carry((Runnable) task)
                : null);
  }

  private static void added(Recorder recorder, Object promise, Object listener) {
    Subscribed context = Subscribed.here();
    if (context == null) return;
    if (!Callers.include(listener.getClass(), recorder.application().roles)) return;
    Object known = States.get(promise);
    if (!(known instanceof Listeners)) States.put(promise, known = new Listeners());
    ((Listeners) known).add(listener, context);
  }
}
