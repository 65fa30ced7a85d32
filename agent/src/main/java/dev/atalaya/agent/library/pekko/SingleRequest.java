package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** A request that is sent, over a connection that the library chooses. */
final class SingleRequest {
  private SingleRequest() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Call enter(
      @HookNumber(in = PekkoClientHooks.class, event = "asks") int asks,
      @HookNumber(in = PekkoClientHooks.class, event = "withTrace") int withTrace,
      @Advice.Argument(value = 0, readOnly = false, typing = Assigner.Typing.DYNAMIC)
          Object request) {
    Call call = (Call) Tracing.hook(asks, request);
    Object sent = call == null ? null : Tracing.hook(withTrace, call, request);
    if (sent != null) request = sent;
    return call;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @HookNumber(in = PekkoClientHooks.class, event = "answeredLater") int answeredLater,
      @Advice.Enter Call call,
      @Advice.Return Object future,
      @Advice.Thrown Throwable error) {
    if (error != null) Tracing.end(call, error);
    if (error == null && call != null) Tracing.hook(answeredLater, call, future);
  }
}
