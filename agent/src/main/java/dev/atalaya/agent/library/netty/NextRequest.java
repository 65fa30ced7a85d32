package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.netty.channel.ChannelHandlerContext;
import net.bytebuddy.asm.Advice;

/**
 * Where a framework's handler gets a request that it may have kept back until the one before was
 * answered; its first argument is the handler's context.
 */
public final class NextRequest {
  private NextRequest() {}

  @Advice.OnMethodEnter(suppress = Throwable.class)
  static Call enter(
      @HookNumber(in = NettyHooks.class, event = "next") int next,
      @Advice.Argument(0) ChannelHandlerContext context) {
    return (Call) Tracing.hook(next, context.pipeline());
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
  static void exit(@Advice.Enter Call call) {
    Tracing.left(call);
  }
}
