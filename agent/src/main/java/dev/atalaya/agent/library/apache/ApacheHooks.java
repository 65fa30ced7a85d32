package dev.atalaya.agent.library.apache;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Takes headers back from messages that the application may send again. */
@NullMarked
public final class ApacheHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "received",
        (call, message, none, nothing) -> {
          if (call instanceof Span && message != null) recorder.takeBack((Span) call, message);
          return null;
        });
  }
}
