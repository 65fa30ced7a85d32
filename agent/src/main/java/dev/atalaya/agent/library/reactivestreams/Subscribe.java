package dev.atalaya.agent.library.reactivestreams;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** Where a source is subscribed to; its first argument is the subscriber right behind it. */
public final class Subscribe {
  private Subscribe() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @HookNumber(in = ReactiveStreamsHooks.class, event = "subscribed") int subscribed,
      @Advice.Argument(0) Object subscriber) {
    Tracing.hook(subscribed, subscriber);
  }
}
