package dev.atalaya.agent.library.reactor;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.bridge.Call;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * Tasks with a virtual thread each, made by the task before: they run in the context that they were
 * scheduled in, not in that task's.
 */
@NullMarked
public final class ReactorHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "run",
        (task, none, nothing, nor) -> {
          Call run = task == null ? null : recorder.runAttached(task);
          return run == null ? recorder.apart() : run;
        });
  }
}
