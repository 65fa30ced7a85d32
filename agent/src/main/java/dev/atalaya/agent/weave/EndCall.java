package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Ends the call that the enter advice began; for each {@code around} without an exit of its own.
 */
final class EndCall {
  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Call call, @Advice.Thrown Throwable error) {
    Tracing.end(call, error);
  }
}
