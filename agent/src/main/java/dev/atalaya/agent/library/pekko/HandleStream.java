package dev.atalaya.agent.library.pekko;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** The handler is called for a stream of HTTP/2, on a thread of its own. */
final class HandleStream {
  private HandleStream() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Call enter(
      @HookNumber(in = Http2Hooks.class, event = "asked") int asked,
      @Advice.Argument(1) Object request) {
    return (Call) Tracing.hook(asked, request);
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(
      @HookNumber(in = Http2Hooks.class, event = "handles") int handles,
      @Advice.Enter Call call,
      @Advice.Return Object future,
      @Advice.Thrown Throwable error) {
    if (error != null) Tracing.end(call, error);
    if (error == null && call != null) Tracing.undo(handles, call, future);
  }
}
