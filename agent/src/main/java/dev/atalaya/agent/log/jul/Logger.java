package dev.atalaya.agent.log.jul;

import dev.atalaya.agent.log.LibraryLog;

/** What the agent's libraries take for java.util.logging's logger. */
public final class Logger {
  private final String name;

  private Logger(String name) {
    this.name = name;
  }

  public static Logger getLogger(String name) {
    return new Logger(name);
  }

  public boolean isLoggable(Level level) {
    return LibraryLog.enabled(level == Level.SEVERE);
  }

  public void log(Level level, String message) {
    log(level, message, (Throwable) null);
  }

  public void log(Level level, String message, Throwable error) {
    if (isLoggable(level)) LibraryLog.write(name, message, error);
  }

  public void log(Level level, String message, Object[] parameters) {
    if (isLoggable(level)) {
      LibraryLog.write(name, message + java.util.Arrays.toString(parameters), null);
    }
  }

  public void fine(String message) {
    log(Level.FINE, message);
  }

  public void info(String message) {
    log(Level.INFO, message);
  }

  public void warning(String message) {
    log(Level.WARNING, message);
  }
}
