package dev.atalaya.agent.weave;

import dev.atalaya.agent.state.StateField;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.AccessController;
import java.security.PrivilegedExceptionAction;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link AddedField}s by their offsets, through the JVM's {@code Unsafe}. */
final class FieldAccess {
  private final Object unsafe;
  private final Constructor<?> constructor;

  private FieldAccess(Object unsafe, Constructor<?> constructor) {
    this.unsafe = unsafe;
    this.constructor = constructor;
  }

  /** Null where this JVM does not let us, or may move the fields of a class that is loaded. */
  static @Nullable FieldAccess open(Instrumentation jvm) {
    String machine = System.getProperty("java.vm.name") + System.getProperty("java.vm.vendor");
    if (machine.contains("Dynamic Code Evolution") || machine.contains("JetBrains")) return null;
    try {
      Own loader = new Own(FieldAccess.class.getClassLoader());
      Object unsafe = unsafe(jvm, loader);
      Class<?> type = unsafe.getClass();
      Class<?> made = loader.define(UnsafeField.bytes(type));
      return new FieldAccess(unsafe, made.getConstructor(type, long.class));
    } catch (Exception | LinkageError denied) {
      return null;
    }
  }

  /** The field of this class, not of one above it; null where it has none after all. */
  @Nullable StateField field(Class<?> declaring) {
    try {
      return (StateField) constructor.newInstance(unsafe, offset(declaring));
    } catch (Exception | LinkageError absent) {
      return null;
    }
  }

  private long offset(Class<?> declaring) throws Exception {
    Class<?> type = unsafe.getClass();
    try {
      Method byName = type.getMethod("objectFieldOffset", Class.class, String.class);
      return (Long) byName.invoke(unsafe, declaring, AddedField.NAME);
    } catch (NoSuchMethodException beforeJava11) {
      // A security manager would ask the application, which may be on the stack.
      PrivilegedExceptionAction<Field> find = () -> declaring.getDeclaredField(AddedField.NAME);
      return (Long)
          type.getMethod("objectFieldOffset", Field.class)
              .invoke(unsafe, AccessController.doPrivileged(find));
    }
  }

  private static Object unsafe(Instrumentation jvm, ClassLoader loader) throws Exception {
    Method getModule;
    try {
      getModule = Class.class.getMethod("getModule");
    } catch (NoSuchMethodException java8) {
      Field single = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      single.setAccessible(true);
      return single.get(null);
    }
    Set<Object> us = new HashSet<>();
    us.add(getModule.invoke(FieldAccess.class));
    us.add(ClassLoader.class.getMethod("getUnnamedModule").invoke(loader));
    Modules.redefine(
        jvm,
        getModule.invoke(Object.class),
        Collections.emptySet(),
        Collections.singletonMap("jdk.internal.misc", us),
        Collections.emptyMap());
    return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
  }

  /** Defines the one class that {@link UnsafeField} writes. */
  private static final class Own extends ClassLoader {
    Own(ClassLoader agent) {
      super(agent);
    }

    Class<?> define(byte[] bytes) {
      return defineClass(null, bytes, 0, bytes.length);
    }
  }
}
