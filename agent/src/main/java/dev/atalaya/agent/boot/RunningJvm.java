package dev.atalaya.agent.boot;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVMs of this machine, through the JDK's attach API.
 *
 * <p>Attaching sends SIGQUIT, which ends a process that does not handle it. So a process is looked
 * at before.
 */
final class RunningJvm {
  private static final int SIGQUIT = 3;
  private static ClassLoader tools;

  private RunningJvm() {}

  /** Process id to what was started; "" where that is not known. */
  static Map<String, String> all() throws Exception {
    Class<?> machine = machine();
    String name = "com.sun.tools.attach.VirtualMachineDescriptor";
    Class<?> descriptor = Class.forName(name, false, machine.getClassLoader());
    Map<String, String> all = new LinkedHashMap<>();
    for (Object found : (List<?>) machine.getMethod("list").invoke(null)) {
      String id = (String) descriptor.getMethod("id").invoke(found);
      all.put(id, (String) descriptor.getMethod("displayName").invoke(found));
    }
    return all;
  }

  /** Throws IllegalArgumentException where the process is none that an agent can be loaded into. */
  static void load(String pid, File agent, String options) throws Exception {
    if (!pid.matches("[0-9]+")) throw new IllegalArgumentException("not a process id: " + pid);
    Class<?> type = machine();
    String obstacle = obstacle(pid);
    if (obstacle == null && !sees(pid, agent)) {
      obstacle = "process " + pid + " does not see " + agent + ": copy it there, to the same path";
    }
    if (obstacle != null) throw new IllegalArgumentException(obstacle);
    Object machine;
    try {
      machine = type.getMethod("attach", String.class).invoke(null, pid);
    } catch (InvocationTargetException error) {
      Throwable cause = error.getCause();
      throw new IOException("process " + pid + ": " + Launcher.message(cause), cause);
    }
    try {
      type.getMethod("loadAgent", String.class, String.class)
          .invoke(machine, agent.getAbsolutePath(), options);
    } finally {
      type.getMethod("detach").invoke(machine);
    }
  }

  /** Why the process must not be attached to, or null. */
  static String obstacle(String pid) throws Exception {
    File process = new File("/proc", pid);
    boolean linux = new File("/proc/self/maps").exists();
    if (linux && !process.exists()) return "no process " + pid;
    // A JVM in a container, or without performance data, is not listed.
    boolean jvm = all().containsKey(pid);
    if (!jvm && linux) jvm = line(new File(process, "maps"), "libjvm.so") != null;
    if (!jvm) return "process " + pid + " is no JVM";
    if (linux && !handlesQuit(line(new File(process, "status"), "SigCgt:"))) {
      return "process " + pid + " does not handle SIGQUIT: it just starts, or has -Xrs";
    }
    return null;
  }

  /**
   * Whether the process sees the file, which one in a container, or with a /tmp of its own, may
   * not; true where we may not look.
   */
  private static boolean sees(String pid, File file) {
    File root = new File("/proc/" + pid + "/root");
    return !root.canRead() || new File(root + file.getAbsolutePath()).exists();
  }

  /** {@code SigCgt: 0000000181005ccf}: a bit for each signal, from the lowest, which is 1. */
  private static boolean handlesQuit(String caught) {
    if (caught == null) return true;
    String mask = caught.substring(caught.indexOf(':') + 1).trim();
    return (Long.parseUnsignedLong(mask, 16) >> (SIGQUIT - 1) & 1) == 1;
  }

  static String line(File file, String part) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(new FileInputStream(file), "UTF-8"))) {
      for (String line; (line = reader.readLine()) != null; ) if (line.contains(part)) return line;
      return null;
    }
  }

  /** In a JDK's module since 9; before, in tools.jar beside the runtime. */
  private static Class<?> machine() throws Exception {
    String name = "com.sun.tools.attach.VirtualMachine";
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException notInThisRuntime) {
      return tools().loadClass(name);
    }
  }

  /** One loader for all calls: the attach library cannot be loaded by a second. */
  private static synchronized ClassLoader tools() throws IOException {
    if (tools != null) return tools;
    File home = new File(System.getProperty("java.home"));
    for (String path : new String[] {"../lib/tools.jar", "lib/tools.jar"}) {
      File file = new File(home, path);
      if (file.exists()) return tools = new URLClassLoader(new URL[] {file.toURI().toURL()});
    }
    throw new IOException(
        "this Java has no attach API (module jdk.attach); run the command with a JDK");
  }
}
