package dev.atalaya.agent.weave;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The supertypes of a class that is being loaded, read from class files: the class itself does not
 * exist yet, and loading its parents here would change the order in which the application loads.
 *
 * <p>A parent whose file is not found ends that branch: a library made for an optional dependency
 * is no error.
 */
final class Supertypes {
  /**
   * The parents of libraries' types, by loader and name: a library has some of them above all of
   * its classes, and each class file lies in an archive.
   */
  private static final WeakConcurrentMap<ClassLoader, Map<String, String[]>> READ =
      new WeakConcurrentMap.WithInlinedExpunction<>();

  private Supertypes() {}

  /** Internal names of all supertypes, the class's own included. */
  static Set<String> of(byte[] classFile, @Nullable ClassLoader loader) {
    ClassReader reader = new ClassReader(classFile);
    Set<String> names = new HashSet<>();
    names.add(reader.getClassName());
    for (String parent : parents(reader)) follow(parent, loader, names);
    return names;
  }

  /** The same of a class that exists. */
  static Set<String> of(Class<?> type) {
    Set<String> names = new HashSet<>();
    add(type, names);
    return names;
  }

  /** Whether the file of a class that exists holds the annotation of that rule. */
  static boolean mentions(Class<?> type, Rule rule) {
    byte[] file = file(type.getName().replace('.', '/'), type.getClassLoader());
    return new ConstantPoolFilter(Collections.singleton(rule.annotationDescriptor())).admits(file);
  }

  private static void follow(String name, @Nullable ClassLoader loader, Set<String> names) {
    if (names.contains(name)) return;
    if (name.startsWith("java/") || name.startsWith("javax/sql/")) {
      add(name, names);
      return;
    }
    names.add(name);
    for (String parent : parents(name, loader)) follow(parent, loader, names);
  }

  private static String[] parents(String name, @Nullable ClassLoader loader) {
    if (loader == null) return read(name, null);
    Map<String, String[]> known = READ.getIfPresent(loader);
    if (known == null) {
      known = new ConcurrentHashMap<>();
      Map<String, String[]> earlier = READ.putIfAbsent(loader, known);
      if (earlier != null) known = earlier;
    }
    String[] parents = known.get(name);
    if (parents == null) known.put(name, parents = read(name, loader));
    return parents;
  }

  private static String[] read(String name, @Nullable ClassLoader loader) {
    byte[] file = file(name, loader);
    return file == null ? new String[0] : parents(new ClassReader(file));
  }

  private static String[] parents(ClassReader reader) {
    String[] interfaces = reader.getInterfaces();
    String superName = reader.getSuperName();
    if (superName == null) return interfaces;
    String[] parents = Arrays.copyOf(interfaces, interfaces.length + 1);
    parents[interfaces.length] = superName;
    return parents;
  }

  /** The JDK's own types may be loaded here: no application could tell. */
  private static void add(String jdkName, Set<String> names) {
    try {
      add(
          Class.forName(jdkName.replace('/', '.'), false, Supertypes.class.getClassLoader()),
          names);
    } catch (ClassNotFoundException | LinkageError absent) {
      names.add(jdkName);
    }
  }

  private static void add(@Nullable Class<?> type, Set<String> names) {
    if (type == null || !names.add(type.getName().replace('.', '/'))) return;
    add(type.getSuperclass(), names);
    for (Class<?> parent : type.getInterfaces()) add(parent, names);
  }

  private static byte @Nullable [] file(String name, @Nullable ClassLoader loader) {
    String resource = name + ".class";
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(resource)
            : loader.getResourceAsStream(resource)) {
      if (in == null) return null;
      ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
      byte[] buffer = new byte[8192];
      for (int n; (n = in.read(buffer)) > 0; ) out.write(buffer, 0, n);
      return out.toByteArray();
    } catch (IOException | RuntimeException | LinkageError unreadable) {
      return null;
    }
  }
}
