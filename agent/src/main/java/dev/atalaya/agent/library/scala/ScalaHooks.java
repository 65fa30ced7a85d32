package dev.atalaya.agent.library.scala;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** What is chained to a future: work in one piece, run by whoever completes the future. */
@NullMarked
public final class ScalaHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "chained",
        (task, none, nothing, no) -> {
          if (task != null) InPieces.begun(task);
          return null;
        });
    hooks.put("runs", (task, none, nothing, no) -> task == null ? null : InPieces.goesOn(task));
    hooks.put(
        "ran",
        (task, none, nothing, no) -> {
          if (task != null) InPieces.ended(task);
          return null;
        });
  }
}
