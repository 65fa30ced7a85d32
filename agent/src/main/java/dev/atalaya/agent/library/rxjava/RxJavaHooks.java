package dev.atalaya.agent.library.rxjava;

import dev.atalaya.agent.library.reactivestreams.Operators;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Which of RxJava's observers are marked. */
@NullMarked
public final class RxJavaHooks implements LibraryHooks {
  /**
   * By itself sends what many chains share, what emits by a timer that goes off again and again,
   * and what is below code of others: their own sources and operators.
   */
  private static final Operators OPERATORS =
      new Operators(
          "io.reactivex.",
          "source",
          "\\w+(Cache|Publish(Alt|er)?|Replay|Unsafe\\w+|(Buffer|Sample|Window)Timed)");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("subscribes", OPERATORS.subscribes());
  }
}
