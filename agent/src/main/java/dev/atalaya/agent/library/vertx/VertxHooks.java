package dev.atalaya.agent.library.vertx;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Vert.x does later, and in which of its contexts. */
public final class VertxHooks implements LibraryHooks {
  private static final ClassValue<Boolean> OF_VERTX =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.getName().startsWith("io.vertx.core.");
        }
      };

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
    hooks.put("looped", (task, none, nothing, no) -> looped(recorder, task));
    hooks.put("queued", (task, none, nothing, no) -> queued(recorder, task));
    hooks.put(
        "runs", (task, none, nothing, no) -> task == null ? null : recorder.runAttached(task));
  }

  /** Netty's event loops have tasks of everybody's. */
  private static @Nullable Object looped(Recorder recorder, @Nullable Object task) {
    return task != null && OF_VERTX.get(task.getClass()) ? recorder.carry((Runnable) task) : task;
  }

  /** A task of a class of its own remembers where it was made, and is cast to that class. */
  private static @Nullable Object queued(Recorder recorder, @Nullable Object task) {
    boolean lambda = task != null && task.getClass().getName().contains("$$Lambda");
    return lambda ? recorder.carry((Runnable) task) : task;
  }
}
