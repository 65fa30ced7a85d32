package dev.atalaya.agent.library.springrouter;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Tracing;
import java.util.function.BiFunction;
import net.bytebuddy.asm.Advice;

/**
 * The error handlers of a functional router, MVC's or WebFlux': their exceptions are seen nowhere
 * else. A router may be built while the agent is off.
 */
public final class RouterException {
  private RouterException() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static void enter(
      @HookNumber(in = RouterHooks.class, event = "answers") int answers,
      @Advice.Argument(value = 1, readOnly = false) BiFunction<?, ?, ?> answer) {
    Object reporting = Tracing.undo(answers, answer);
    if (reporting != null) answer = (BiFunction<?, ?, ?>) reporting;
  }
}
