package dev.atalaya.agent.boot;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/** The jar as a program: attach, list, doctor, help and version. */
public final class Launcher {
  private static final String REPORT = "atalaya.report=";

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
      default:
        System.err.println("unknown command " + command);
        return usage();
    }
  }

  private static int usage() {
    System.err.println("java -jar atalaya-agent.jar list | attach PID [key=value ...] | doctor PID");
    return 2;
  }

  /** What the classes behind the wall know: asked for by name, without installing anything. */
  private static String inside(String method) throws Exception {
    Class<?> agent = new AgentLoader(jar()).loadClass("dev.atalaya.agent.Manual");
    return (String) agent.getMethod(method).invoke(null);
  }

  private static int list() throws Exception {
    Class<?> machine = machine();
    Class<?> descriptor =
        machine.getClassLoader() == null
            ? Class.forName("com.sun.tools.attach.VirtualMachineDescriptor")
            : machine
                .getClassLoader()
                .loadClass("com.sun.tools.attach.VirtualMachineDescriptor");
    String own = pid();
    for (Object found : (List<?>) machine.getMethod("list").invoke(null)) {
      String id = (String) descriptor.getMethod("id").invoke(found);
      String name = (String) descriptor.getMethod("displayName").invoke(found);
      if (!id.equals(own)) System.out.println(id + "\t" + (name.isEmpty() ? "(unknown)" : name));
    }
    return 0;
  }

  private static int attach(String[] arguments) throws Exception {
    StringBuilder options = new StringBuilder();
    for (int i = 2; i < arguments.length; i++) {
      if (arguments[i].indexOf('=') < 1) {
        System.err.println("not key=value: " + arguments[i]);
        return 2;
      }
      options.append(i > 2 ? "," : "").append(arguments[i]);
    }
    load(arguments[1], options.toString());
    System.out.println("attached to " + arguments[1] + "; its own log says more");
    return 0;
  }

  private static int doctor(String pid) throws Exception {
    File file = File.createTempFile("atalaya", ".json");
    try {
      load(pid, REPORT + file.getAbsolutePath());
      String text = read(file);
      if (text.isEmpty()) {
        System.err.println("no agent runs in " + pid + "; attach it first");
        return 1;
      }
      System.out.println(text);
      return 0;
    } finally {
      if (!file.delete()) file.deleteOnExit();
    }
  }

  private static void load(String pid, String options) throws Exception {
    if (!pid.matches("[0-9]+")) throw new IOException("not a process id: " + pid);
    Class<?> type = machine();
    Object machine;
    try {
      machine = type.getMethod("attach", String.class).invoke(null, pid);
    } catch (InvocationTargetException error) {
      throw new IOException("process " + pid + ": " + message(error.getCause()), error.getCause());
    }
    try {
      type.getMethod("loadAgent", String.class, String.class)
          .invoke(machine, jar().getAbsolutePath(), options);
    } finally {
      type.getMethod("detach").invoke(machine);
    }
  }

  /** In a JDK's module since 9; before, in tools.jar beside the runtime. */
  private static Class<?> machine() throws Exception {
    String name = "com.sun.tools.attach.VirtualMachine";
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException notInThisRuntime) {
      File home = new File(System.getProperty("java.home"));
      for (String path : new String[] {"../lib/tools.jar", "lib/tools.jar"}) {
        File tools = new File(home, path);
        if (tools.exists()) {
          return new URLClassLoader(new URL[] {tools.toURI().toURL()}).loadClass(name);
        }
      }
      throw new IOException(
          "this Java has no attach API (module jdk.attach); run the command with a JDK");
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
    System.err.println(command + " failed: " + message(error) + advice);
    return 1;
  }

  private static String message(Throwable error) {
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
    return new File(
        Launcher.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** The file that a doctor wants its report in, or null for an ordinary start. */
  static File reportFile(String arguments) {
    return arguments != null && arguments.startsWith(REPORT)
        ? new File(arguments.substring(REPORT.length()))
        : null;
  }

  static void write(File file, String text) throws IOException {
    try (Writer writer = new OutputStreamWriter(new FileOutputStream(file), "UTF-8")) {
      writer.write(text);
    }
  }

  private static String read(File file) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Reader reader = new InputStreamReader(new FileInputStream(file), "UTF-8")) {
      char[] buffer = new char[4096];
      for (int n; (n = reader.read(buffer)) > 0; ) text.append(buffer, 0, n);
    }
    return text.toString();
  }
}
