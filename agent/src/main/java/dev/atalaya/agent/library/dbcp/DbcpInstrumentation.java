package dev.atalaya.agent.library.dbcp;

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

/** Commons DBCP 2: its data sources' figures, and silence for what they do for themselves. */
@AutoService(LibraryInstrumentation.class)
public final class DbcpInstrumentation extends LibraryInstrumentation {
  private static final String DBCP = "org.apache.commons.dbcp2.";

  public DbcpInstrumentation() {
    super("dbcp2");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.POOL, Captured.SILENCE)
        .library(
            "Commons DBCP",
            "org.apache.commons:commons-dbcp2:2.0",
            "org.apache.commons:commons-dbcp2:2.14.0");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(DBCP + "BasicDataSource")
        .needs("getConnection")
        .weave("startPoolMaintenance", "()V", Open.class)
        .weave("getConnection", "()Ljava/sql/Connection;", GetConnection.class);
    weaver
        .in(DBCP + "PoolingDataSource$PoolGuardConnectionWrapper")
        .around("close", "()V", Close.class);
    weaver.in(DBCP + "managed.ManagedConnection").around("close", "()V", Close.class);
    weaver
        .in(DBCP + "PoolableConnectionFactory")
        .around("makeObject", null, Quiet.class)
        .around("activateObject", null, Quiet.class)
        .around("validateObject", null, Quiet.class)
        .around("validateConnection", null, Quiet.class)
        .around("passivateObject", null, Quiet.class)
        .around("destroyObject", null, Quiet.class);
  }

  static final class Open {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PoolHooks.class, event = "open") int open, @Advice.This Object pool) {
      Tracing.hook(open, "dbcp2", pool);
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
