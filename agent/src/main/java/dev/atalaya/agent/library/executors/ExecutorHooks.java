package dev.atalaya.agent.library.executors;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.bridge.Call;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Tasks that run again and again, a timer's, and those that are taken out of a queue. */
@NullMarked
public final class ExecutorHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("schedule", (task, none, nothing, no) -> periodic(recorder, task));
    hooks.put("run", (task, none, nothing, no) -> run(recorder, task));
    hooks.put(
        "drained",
        (tasks, none, nothing, no) -> {
          if (tasks != null) unwrap(recorder, tasks);
          return null;
        });
    hooks.put(
        "sought",
        (task, none, nothing, no) -> task == null ? null : recorder.queued((Runnable) task));
  }

  private static @Nullable Object periodic(Recorder recorder, @Nullable Object task) {
    return task == null || task instanceof Periodic
        ? task
        : new Periodic(recorder, (Runnable) task);
  }

  /** In the context it was given on the way; without one it is a periodic task's run. */
  private static @Nullable Call run(Recorder recorder, @Nullable Object task) {
    if (task == null) return null;
    Call carried = recorder.runAttached(task);
    if (carried != null) return carried;
    String name = Periodic.name((Runnable) task, recorder.application());
    return name == null ? null : recorder.job(name);
  }

  @SuppressWarnings("unchecked")
  private static void unwrap(Recorder recorder, Object tasks) {
    List<Runnable> drained = (List<Runnable>) tasks;
    for (int i = 0; i < drained.size(); i++) drained.set(i, recorder.unwrap(drained.get(i)));
  }
}
