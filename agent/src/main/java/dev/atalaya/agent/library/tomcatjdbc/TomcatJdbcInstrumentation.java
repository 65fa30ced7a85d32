package dev.atalaya.agent.library.tomcatjdbc;

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

/** Tomcat's JDBC pools: their figures, and silence for what they do for themselves. */
@AutoService(LibraryInstrumentation.class)
public final class TomcatJdbcInstrumentation extends LibraryInstrumentation {
  private static final String POOL = "org.apache.tomcat.jdbc.pool.";
  private static final String CONNECTION = "Lorg/apache/tomcat/jdbc/pool/PooledConnection;";
  private static final String TEXT = "Ljava/lang/String;";

  public TomcatJdbcInstrumentation() {
    super("tomcat-jdbc");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.POOL, Captured.SILENCE)
        .library(
            "Tomcat JDBC",
            "org.apache.tomcat:tomcat-jdbc:7.0.109",
            "org.apache.tomcat:tomcat-jdbc:11.0.27");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(POOL + "ConnectionPool")
        .needs("borrowConnection", "returnConnection")
        .weave("init", null, Init.class)
        .weave("borrowConnection", "(I" + TEXT + TEXT + ")" + CONNECTION, Borrow.class)
        .around("returnConnection", "(" + CONNECTION + ")V", Return.class);
    weaver
        .in(POOL + "PooledConnection")
        .stateHolder()
        .around("connect", "()V", Quiet.class)
        .around("validate", "(I" + TEXT + ")Z", Quiet.class);
  }

  static final class Init {
    /** The pool borrows its first connections from itself. */
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = PoolHooks.class, event = "open") int open,
        @Advice.Enter Call call,
        @Advice.This Object pool,
        @Advice.Thrown Throwable error) {
      Tracing.end(call, error);
      Tracing.hook(open, "tomcat-jdbc", pool);
    }
  }

  static final class Borrow {
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
  static final class Return {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = PoolHooks.class, event = "returned") int returned,
        @Advice.Argument(0) Object connection) {
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
