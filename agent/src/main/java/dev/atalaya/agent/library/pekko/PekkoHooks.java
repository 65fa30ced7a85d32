package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;

/** What actors, streams and what is scheduled run in. */
public final class PekkoHooks implements LibraryHooks {
  private static final Getter IS_TERMINATED = new Getter("isTerminated");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "apart",
        (mailbox, none, nothing, no) -> recorder.current() == null ? null : recorder.apart());
    hooks.put(
        "started",
        (stream, none, nothing, no) -> {
          if (stream != null) InPieces.begun(stream);
          return null;
        });
    hooks.put("runs", (work, none, nothing, no) -> work == null ? null : InPieces.goesOn(work));
    hooks.put(
        "ran",
        (stream, none, nothing, no) -> {
          ServerConnection.leave(recorder);
          boolean over = stream != null && Boolean.TRUE.equals(IS_TERMINATED.of(stream));
          if (over) InPieces.ended(stream);
          return null;
        });
    hooks.put(
        "scheduled",
        (task, none, nothing, no) -> {
          if (task != null) InPieces.within(task);
          return null;
        });
  }
}
