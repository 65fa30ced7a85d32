package dev.atalaya.agent.library.hikaricp;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.library.jdbc.PoolHooks;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/** HikariCP's pools: their figures, and silence for what they do for themselves. */
@AutoService(LibraryInstrumentation.class)
public final class HikariCpInstrumentation extends LibraryInstrumentation {
  private static final String POOL = "com.zaxxer.hikari.pool.";

  public HikariCpInstrumentation() {
    super("hikaricp");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.POOL, Captured.SILENCE)
        .library(
            "HikariCP",
            "com.zaxxer:HikariCP:2.4.0",
            "com.zaxxer:HikariCP:4.0.3",
            "com.zaxxer:HikariCP:7.1.0");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(POOL + "HikariPool")
        .needs("getConnection")
        // Called by the constructor, of every version.
        .weave("setHealthCheckRegistry", "(Ljava/lang/Object;)V", Open.class)
        .weave("getConnection", "(J)Ljava/sql/Connection;", GetConnection.class)
        .around("initializeConnections", "()V", Quiet.class)
        .around("addConnection", "()Z", Quiet.class);
    weaver
        .in(POOL + "PoolBase")
        .around("newPoolEntry", null, Quiet.class)
        .around("isConnectionAlive", null, Quiet.class)
        .around("isConnectionDead", null, Quiet.class);
    weaver.in(POOL + "ProxyConnection").around("close", "()V", Close.class);
    weaver.in("com.zaxxer.hikari.proxy.ConnectionProxy").around("close", "()V", Close.class);
  }

  static final class Open {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PoolHooks.class, event = "open") int open, @Advice.This Object pool) {
      Tracing.hook(open, "hikaricp", pool);
    }
  }

  static final class GetConnection {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = PoolHooks.class, event = "borrow") int borrow, @Advice.This Object pool) {
      return (Call) Tracing.hook(borrow, pool);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PoolHooks.class, event = "borrowed") int borrowed,
        @Advice.Enter Call call,
        @Advice.Return Object connection,
        @Advice.Thrown Throwable error) {
      if (call != null) Tracing.hook(borrowed, call, connection, error);
    }
  }

  /** Rolling back and resetting are the pool's own work. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = PoolHooks.class, event = "returned") int returned,
        @Advice.This Object connection) {
      Tracing.hook(returned, connection);
      return Tracing.quiet();
    }
  }

  static final class Quiet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }
  }
}
