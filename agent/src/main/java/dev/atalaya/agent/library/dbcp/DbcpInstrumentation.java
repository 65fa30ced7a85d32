package dev.atalaya.agent.library.dbcp;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
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
    static void exit(@Advice.This Object pool) {
      Tracing.pool("dbcp2", pool);
    }
  }

  static final class GetConnection {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object pool) {
      return Tracing.borrow(pool);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.Enter Call call, @Advice.Return Object connection, @Advice.Thrown Throwable error) {
      Tracing.borrowed(call, connection, error);
    }
  }

  /** What is rolled back or reset for the next user is the pool's affair. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@Advice.This Object connection) {
      Tracing.returned(connection);
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
