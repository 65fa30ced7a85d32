package dev.atalaya.agent.boot;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.function.Consumer;

/**
 * What the JVM calls, at start or on attach. Whatever goes wrong here, the application starts and
 * runs, and one line says why it is without the agent.
 */
public final class Premain {
  /** What an attach is told when all went well. */
  static final String ATTACHED = "attached";

  /** What a doctor is told where none runs. */
  static final String NO_AGENT = "no agent";

  /** The running agent's class, behind the wall; null where there is none. */
  private static Class<?> agent;

  private Premain() {}

  public static void premain(String arguments, Instrumentation jvm) {
    start(arguments, jvm, false);
  }

  public static void agentmain(String arguments, Instrumentation jvm) {
    start(arguments, jvm, true);
  }

  private static synchronized void start(String arguments, Instrumentation jvm, boolean attached) {
    long began = System.nanoTime();
    String outcome;
    try {
      File report = Launcher.reportFile(arguments);
      if (report != null) {
        report(report);
        return;
      }
      outcome = start(arguments, jvm, began, attached);
    } catch (Throwable error) {
      outcome = failed(error instanceof InvocationTargetException ? error.getCause() : error);
    }
    answer(arguments, outcome.replace('\n', ' '));
  }

  private static String start(String arguments, Instrumentation jvm, long began, boolean attached)
      throws Exception {
    if (agent != null) {
      say("is already running in this JVM; the options it started with hold");
      return "already attached; the options it started with hold";
    }
    File jar = jar();
    if (!attached && Tool.runsHere(jar)) return "a tool is left alone";
    Consumer<String> progress = null;
    if (Launcher.answerFile(arguments) != null) {
      progress = line -> answer(arguments, line + '\n');
      progress.accept("loads the agent");
    }
    Bridge.define(jvm, jar);
    AgentLoader loader = new AgentLoader(jar);
    Class<?> type = loader.loadClass("dev.atalaya.agent.Agent");
    Method start =
        type.getMethod(
            "start",
            Instrumentation.class,
            String.class,
            long.class,
            boolean.class,
            Consumer.class);
    start.invoke(null, jvm, Launcher.options(arguments), began, attached, progress);
    agent = type;
    return ATTACHED;
  }

  private static void answer(String arguments, String outcome) {
    try {
      File file = Launcher.answerFile(arguments);
      if (file != null) AnswerFile.write(file, outcome);
    } catch (Throwable unwritable) {
      // The log has it.
    }
  }

  private static String failed(Throwable cause) {
    String advice =
        cause instanceof SecurityException
            ? " - its jar needs java.security.AllPermission in the security manager's policy"
            : "";
    say("did not start, the application runs without it: " + cause + advice);
    try {
      if (Boolean.getBoolean("atalaya.debug")) cause.printStackTrace();
    } catch (SecurityException denied) {
      // An exception out of premain ends the JVM.
    }
    return "did not start: " + cause;
  }

  private static void report(File file) {
    try {
      String text = agent == null ? NO_AGENT : (String) agent.getMethod("doctor").invoke(null);
      AnswerFile.write(file, text);
    } catch (Exception error) {
      say("could not report to the doctor: " + Launcher.message(error));
    }
  }

  private static File jar() throws Exception {
    URI location = Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    return new File(location);
  }

  static void say(String line) {
    System.err.println("[atalaya] " + Launcher.printable(line));
  }
}
