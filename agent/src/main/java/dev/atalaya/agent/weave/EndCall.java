package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** Ends the call that the enter advice began; the closing half of every around. */
final class EndCall {
  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Call call, @Advice.Thrown Throwable error) {
    Tracing.end(call, error);
  }
}
