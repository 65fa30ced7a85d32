package dev.atalaya.agent.library.guava;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Listeners of futures, each with the context in which it was added. */
@NullMarked
public final class GuavaHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "added",
        (listener, none, nothing, no) ->
            listener == null ? null : added(recorder, (Runnable) listener));
  }

  /**
   * What is to be added instead, or null. Guava's own listeners are added once, to one future, and
   * Guava looks at some of their types: they remember. A lambda may be one object for many
   * requests, and nobody casts it; any other may be both, and is left alone.
   */
  private static @Nullable Runnable added(Recorder recorder, Runnable listener) {
    String type = listener.getClass().getName();
    if (type.contains("$$Lambda")) return recorder.carry(listener);
    if (type.startsWith("com.google.common.")) recorder.attach(listener);
    return null;
  }
}
