package dev.atalaya.agent.log;

import org.jspecify.annotations.Nullable;

/**
 * What the agent's libraries say. Only errors, unless {@code atalaya.debug} is set: a user has no
 * use for an HTTP client's warnings, and what matters of them the agent says itself.
 */
public final class LibraryLog {
  private static final boolean DEBUG = Boolean.getBoolean("atalaya.debug");

  private LibraryLog() {}

  public static boolean enabled(boolean isError) {
    return isError || DEBUG;
  }

  public static void write(String logger, String message, @Nullable Throwable error) {
    String shortName = logger.substring(logger.lastIndexOf('.') + 1);
    Log.write("LIB  ", shortName + ": " + message, error);
  }
}
