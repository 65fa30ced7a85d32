package dev.atalaya.agent.library.c3p0;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** Silence for what c3p0's pools do for themselves: tests, and resets between two users. */
@AutoService(LibraryInstrumentation.class)
public final class C3p0Instrumentation extends LibraryInstrumentation {
  private static final String C3P0 = "com.mchange.v2.c3p0.";

  public C3p0Instrumentation() {
    super("c3p0");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SILENCE)
        .library("c3p0", "com.mchange:c3p0:0.9.5.5", "com.mchange:c3p0:0.14.1")
        .limit("No figures of the pool.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(C3P0 + "impl.DefaultConnectionTester")
        .around("activeCheckConnection", null, Quiet.class)
        .around("statusOnException", null, Quiet.class);
    weaver
        .in(C3P0 + "impl.ConnectionTesterConnectionTestPath")
        .around("testPooledConnection", null, Quiet.class);
    weaver.in(C3P0 + "impl.C3P0ImplUtils").around("resetTxnState", null, Quiet.class);
  }

  static final class Quiet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }
  }
}
