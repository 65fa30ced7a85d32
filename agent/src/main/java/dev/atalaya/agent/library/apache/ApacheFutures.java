package dev.atalaya.agent.library.apache;

import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.bridge.Tracing;
import java.util.concurrent.CancellationException;
import net.bytebuddy.asm.Advice;

/**
 * The end of a call is that of its future, before whoever waits for it or is called back by it
 * learns of it.
 */
final class ApacheFutures {
  private ApacheFutures() {}

  static final class Completed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheAsyncHooks.class, event = "done") int done,
        @HookNumber(in = ApacheAsyncHooks.class, event = "resume") int resume,
        @Advice.This Object future) {
      Tracing.undo(done, future);
      return Tracing.hook(resume, future);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous, @Advice.This Object future) {
      Tracing.restore(previous);
      Tracing.keep(future, null);
    }
  }

  static final class Failed {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheAsyncHooks.class, event = "done") int done,
        @HookNumber(in = ApacheAsyncHooks.class, event = "resume") int resume,
        @Advice.This Object future,
        @Advice.Argument(0) Exception error) {
      Tracing.undo(done, future, error);
      return Tracing.hook(resume, future);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous, @Advice.This Object future) {
      Tracing.restore(previous);
      Tracing.keep(future, null);
    }
  }

  static final class Cancel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Object enter(
        @HookNumber(in = ApacheAsyncHooks.class, event = "done") int done,
        @HookNumber(in = ApacheAsyncHooks.class, event = "resume") int resume,
        @Advice.This Object future) {
      Tracing.undo(done, future, new CancellationException());
      return Tracing.hook(resume, future);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter Object previous, @Advice.This Object future) {
      Tracing.restore(previous);
      Tracing.keep(future, null);
    }
  }
}
