package dev.atalaya.agent.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lines on the process's stderr, whatever stream the application sets later. Where there is no
 * memory for a line, it is not written, and nothing else happens.
 *
 * <p>Not through slf4j, which is there for the libraries: at start-up it would load classes for the
 * one line that says the agent is there.
 */
public final class Log {
  private static final java.io.PrintStream OUT = System.err;

  private static final int MOST_CAUSES = 8;

  private Log() {}

  public static void info(String line) {
    write("INFO ", line, null);
  }

  public static void warn(String line) {
    write("WARN ", line, null);
  }

  public static void warn(String line, Throwable error) {
    write("WARN ", line, error);
  }

  static void write(String level, String line, @Nullable Throwable error) {
    try {
      String whole = line(level, line, error);
      synchronized (OUT) {
        OUT.println(whole);
        if (error != null && Boolean.getBoolean("atalaya.debug")) stack(error);
      }
    } catch (OutOfMemoryError lost) {
      // The caller goes on without the line.
    }
  }

  static String line(String level, String line, @Nullable Throwable error) {
    StringBuilder text = new StringBuilder(line.length() + 64);
    text.append("[atalaya] ").append(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    text.append(' ').append(level).append(line);
    if (error != null) text.append(": ").append(error);
    return Escaped.line(text.toString());
  }

  private static void stack(Throwable error) {
    Throwable cause = error;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      if (depth > 0) OUT.println(Escaped.line("Caused by: " + cause));
      for (StackTraceElement frame : cause.getStackTrace()) {
        OUT.println(Escaped.line("    at " + frame));
      }
      cause = cause.getCause();
    }
  }
}
