package dev.atalaya.agent.library.reactor;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.bridge.Call;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/**
 * Tasks that have a virtual thread each, which the task before them makes: they run in the context
 * of who scheduled them, and not of that one.
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
