package dev.atalaya.agent.boot;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Puts the bridge's classes into the boot loader, where every class of the application sees them.
 *
 * <p>They are defined there one by one. Appending the jar to the boot class path would do as well,
 * but makes the JVM give up the application's class data sharing archive.
 */
final class Bridge {
  private static final String[] CLASSES = {"Call", "Tracer", "Tracing"};

  private Bridge() {}

  static void define(Instrumentation jvm, File jar) throws IOException {
    if (defined()) return;
    try (JarFile file = new JarFile(jar, false)) {
      Definer definer = definer(jvm);
      for (String name : CLASSES) {
        String path = "dev/atalaya/bridge/" + name;
        definer.define(path, bytes(file, path + ".class"));
      }
      readByJavaBase(jvm);
    } catch (Exception | LinkageError error) {
      Premain.say(
          "appends to the boot class path, as this JVM lets it do nothing better ("
              + error
              + "); class data sharing may be off");
      jvm.appendToBootstrapClassLoaderSearch(new JarFile(jar));
    }
  }

  private static boolean defined() {
    try {
      Class.forName("dev.atalaya.bridge.Tracing", false, null);
      return true;
    } catch (ClassNotFoundException notYet) {
      return false;
    }
  }

  private static Definer definer(Instrumentation jvm) throws Exception {
    try {
      return sinceJava9(jvm, Class.class.getMethod("getModule"));
    } catch (NoSuchMethodException java8) {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field field = unsafe.getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return definer(unsafe, field.get(null));
    }
  }

  /** Instrumentation may export any package to us: jdk.internal.misc, and to nobody else. */
  private static Definer sinceJava9(Instrumentation jvm, Method getModule) throws Exception {
    Object base = getModule.invoke(Object.class);
    Set<?> us = Collections.singleton(getModule.invoke(Bridge.class));
    Map<String, Set<?>> exports = Collections.singletonMap("jdk.internal.misc", us);
    redefine(jvm, base, Collections.emptySet(), exports);
    Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
    return definer(unsafe, unsafe.getMethod("getUnsafe").invoke(null));
  }

  private static Definer definer(Class<?> type, Object unsafe) throws Exception {
    Method define =
        type.getMethod(
            "defineClass",
            String.class,
            byte[].class,
            int.class,
            int.class,
            ClassLoader.class,
            java.security.ProtectionDomain.class);
    return (name, bytes) -> define.invoke(unsafe, name, bytes, 0, bytes.length, null, null);
  }

  /**
   * Woven classes of java.base refer to the bridge, which is in the boot loader's unnamed module.
   */
  private static void readByJavaBase(Instrumentation jvm) throws Exception {
    Method getModule;
    try {
      getModule = Class.class.getMethod("getModule");
    } catch (NoSuchMethodException java8) {
      return;
    }
    Class<?> bridge = Class.forName("dev.atalaya.bridge.Tracing", false, null);
    redefine(
        jvm,
        getModule.invoke(Object.class),
        Collections.singleton(getModule.invoke(bridge)),
        Collections.<String, Set<?>>emptyMap());
  }

  private static void redefine(
      Instrumentation jvm, Object module, Set<?> reads, Map<String, Set<?>> exports)
      throws Exception {
    Instrumentation.class
        .getMethod(
            "redefineModule",
            Class.forName("java.lang.Module"),
            Set.class,
            Map.class,
            Map.class,
            Set.class,
            Map.class)
        .invoke(
            jvm,
            module,
            reads,
            exports,
            Collections.emptyMap(),
            Collections.emptySet(),
            Collections.emptyMap());
  }

  static byte[] bytes(JarFile file, String path) throws IOException {
    ZipEntry entry = file.getEntry(path);
    if (entry == null) throw new IOException("no " + path + " in " + file.getName());
    return bytes(file, entry);
  }

  static byte[] bytes(JarFile file, ZipEntry entry) throws IOException {
    byte[] bytes = new byte[(int) entry.getSize()]; // the jar's directory has it for all entries
    try (DataInputStream in = new DataInputStream(file.getInputStream(entry))) {
      in.readFully(bytes);
    }
    return bytes;
  }

  private interface Definer {
    void define(String internalName, byte[] bytes) throws Exception;
  }
}
