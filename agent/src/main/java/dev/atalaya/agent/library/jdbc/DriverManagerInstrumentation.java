package dev.atalaya.agent.library.jdbc;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import net.bytebuddy.asm.Advice;

/**
 * Java 8's DriverManager, which looks for drivers while it is initialised and so waits for threads
 * that wait for it. It records nothing.
 */
@AutoService(LibraryInstrumentation.class)
public final class DriverManagerInstrumentation extends LibraryInstrumentation {
  private static final String URL = "Ljava/lang/String;";

  public DriverManagerInstrumentation() {
    super("driver-manager");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.SILENCE).jdk("DriverManager", 8, 26);
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in("java.sql.DriverManager")
        .marked("loadInitialDrivers") // of Java 8 alone
        .stays()
        .weave("loadInitialDrivers", "()V", LoadInitialDrivers.class)
        .weave("getDriver", "(" + URL + ")Ljava/sql/Driver;", Ask.class)
        .weave("getDrivers", "()Ljava/util/Enumeration;", Ask.class)
        .weave(
            "getConnection",
            "(" + URL + "Ljava/util/Properties;Ljava/lang/Class;)Ljava/sql/Connection;",
            Ask.class);
  }

  static final class LoadInitialDrivers {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static boolean enter(
        @HookNumber(in = DriverManagerHooks.class, event = "loadInitialDrivers") int postpone) {
      return Boolean.TRUE.equals(Tracing.undo(postpone, null));
    }
  }

  static final class Ask {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@HookNumber(in = DriverManagerHooks.class, event = "ask") int ask) {
      Tracing.undo(ask, null);
    }
  }
}
