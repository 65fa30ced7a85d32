package dev.atalaya.agent.boot;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/** The jar as a program: attach, list, doctor, test-alert, help and version. */
public final class Launcher {
  private static final String REPORT = "atalaya.report=";
  private static final String ANSWER = "atalaya.answer=";

  private Launcher() {}

  public static void main(String[] arguments) {
    String command = arguments.length == 0 ? "--help" : arguments[0];
    int status;
    try {
      status = run(command, arguments);
    } catch (InvocationTargetException error) {
      status = failed(command, error.getCause());
    } catch (Exception | LinkageError error) {
      status = failed(command, error);
    }
    System.exit(status);
  }

  private static int run(String command, String[] arguments) throws Exception {
    switch (command) {
      case "--help":
      case "-h":
      case "help":
        System.out.println(inside("help"));
        return 0;
      case "--version":
      case "version":
        System.out.println(inside("version"));
        return 0;
      case "list":
        return list();
      case "attach":
        return arguments.length < 2 ? usage() : attach(arguments);
      case "doctor":
        return arguments.length != 2 ? usage() : doctor(arguments[1]);
      case "test-alert":
        return testAlert(arguments);
      default:
        System.err.println("unknown command " + command);
        return usage();
    }
  }

  private static int usage() {
    System.err.println(
        "java -jar atalaya-agent.jar list | attach PID [key=value ...] | doctor PID"
            + " | test-alert [--resolved] [key=value ...]");
    return 2;
  }

  /** What the classes behind the wall know: asked for by name, without installing anything. */
  private static String inside(String method) throws Exception {
    return (String)
        new AgentLoader(jar()).loadClass("dev.atalaya.agent.Manual").getMethod(method).invoke(null);
  }

  private static int list() throws Exception {
    String own = pid();
    RunningJvm.all()
        .forEach(
            (id, name) -> {
              if (id.equals(own)) return;
              System.out.println(id + "\t" + (name.isEmpty() ? "(unknown)" : printable(name)));
            });
    return 0;
  }

  private static int testAlert(String[] arguments) throws Exception {
    boolean resolved = arguments.length > 1 && arguments[1].equals("--resolved");
    String options = keyValues(arguments, resolved ? 2 : 1);
    if (options == null) return 2;
    Class<?> test = new AgentLoader(jar()).loadClass("dev.atalaya.agent.alert.TestAlert");
    return (Integer)
        test.getMethod("run", String.class, boolean.class).invoke(null, options, resolved);
  }

  /**
   * The arguments from there on as those of an agent; null, with a line, where one is no option.
   */
  private static String keyValues(String[] arguments, int from) {
    StringBuilder options = new StringBuilder();
    for (int i = from; i < arguments.length; i++) {
      if (arguments[i].indexOf('=') < 1) {
        System.err.println("not key=value: " + arguments[i]);
        return null;
      }
      if (!arguments[i].startsWith("atalaya.") && !arguments[i].startsWith("otel.")) {
        System.err.println("no option, they begin with atalaya. or otel.: " + arguments[i]);
        return null;
      }
      options.append(i > from ? "," : "").append(arguments[i]);
    }
    return options.toString();
  }

  private static int attach(String[] arguments) throws Exception {
    String options = keyValues(arguments, 2);
    if (options == null) return 2;
    String pid = arguments[1];
    long began = System.nanoTime();
    try (AnswerFile file = AnswerFile.of(pid)) {
      Progress progress = new Progress(file, "attached to " + pid + ": ");
      progress.start();
      try {
        load(pid, file, ANSWER + file.path() + '|' + options);
      } finally {
        progress.end();
      }
      String answer = progress.outcome();
      if (answer.equals(Premain.ATTACHED)) {
        long tenths = (System.nanoTime() - began) / 100_000_000;
        System.out.println(
            "attached to "
                + pid
                + " in "
                + tenths / 10
                + "."
                + tenths % 10
                + " s; its own log says more");
      } else if (answer.isEmpty()) { // it may not write here
        System.out.println("asked " + pid + " to attach; its own log says whether it did");
      } else {
        System.err.println("process " + pid + ": " + printable(answer));
        return 1;
      }
      return 0;
    }
  }

  private static int doctor(String pid) throws Exception {
    try (AnswerFile file = AnswerFile.of(pid)) {
      load(pid, file, REPORT + file.path());
      String text = file.read();
      if (text.equals(Premain.NO_AGENT)) {
        System.err.println("no agent runs in " + pid + "; attach it first");
      } else if (text.isEmpty()) {
        System.err.println(
            "the report of "
                + pid
                + " cannot be read: it has no way to write "
                + file.path()
                + "; run doctor as its user and in its container, or read /api/doctor on its port");
      } else {
        System.out.println(printable(text));
        return 0;
      }
      return 1;
    }
  }

  private static void load(String pid, AnswerFile answer, String options) throws Exception {
    try {
      RunningJvm.load(pid, jar(), options);
    } catch (IOException error) {
      if (!answer.isElsewhere()) throw error;
      String advice =
          "; it has a /tmp of its own, where Java 24 and newer look: use one, or run this command"
              + " inside (nsenter --mount --target "
              + pid
              + ")";
      throw new IOException(message(error) + advice, error);
    }
  }

  private static int failed(String command, Throwable error) {
    String name = error.getClass().getSimpleName();
    String advice = "";
    if (name.equals("AttachNotSupportedException") || error instanceof IOException) {
      advice =
          " - check that the process runs, belongs to the user that runs this command, and was not"
              + " started with -XX:+DisableAttachMechanism or -XX:-EnableDynamicAgentLoading";
    }
    System.err.println(command + " failed: " + printable(message(error)) + advice);
    return 1;
  }

  /** The names of other people's processes must not steer a terminal. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int type = Character.getType(text.charAt(i));
      boolean unseen =
          type == Character.CONTROL
              || type == Character.FORMAT
              || type == Character.LINE_SEPARATOR
              || type == Character.PARAGRAPH_SEPARATOR;
      if (unseen) printable.setCharAt(i, '?');
    }
    return printable.toString();
  }

  static String message(Throwable error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static String pid() {
    String name = "";
    try {
      Object handle = Class.forName("java.lang.ProcessHandle").getMethod("current").invoke(null);
      return String.valueOf(
          Class.forName("java.lang.ProcessHandle").getMethod("pid").invoke(handle));
    } catch (Exception java8) {
      return name;
    }
  }

  private static File jar() throws Exception {
    return new File(Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The file that a doctor wants its report in, or null for an ordinary start. */
  static File reportFile(String arguments) {
    return arguments != null && arguments.startsWith(REPORT)
        ? new File(arguments.substring(REPORT.length()))
        : null;
  }

  /** The file that an attach wants its outcome in, or null. */
  static File answerFile(String arguments) {
    return arguments != null && arguments.startsWith(ANSWER)
        ? new File(arguments.substring(ANSWER.length(), arguments.indexOf('|')))
        : null;
  }

  /** The arguments without what is meant for the launcher. */
  static String options(String arguments) {
    return answerFile(arguments) == null
        ? arguments
        : arguments.substring(arguments.indexOf('|') + 1);
  }
}
