package dev.atalaya.agent.callsite;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The calling thread's frames, one after the other, as cheap as the JVM has them: by StackWalker,
 * on Java 8 by what the JDK itself used there, else by a Throwable's whole trace.
 */
final class ThreadFrames {
  /**
   * How many the JVM hands out at first. Most walks are longer than its default, and each further
   * portion costs a call of it.
   */
  private static final int FIRST_FRAMES = 48;

  private static final @Nullable MethodHandle WALK;
  private static final @Nullable MethodHandle CLASS_NAME;
  private static final @Nullable MethodHandle METHOD_NAME;
  private static final @Nullable MethodHandle ELEMENT;
  private static final @Nullable MethodHandle TYPE;

  /** Java 8: (Throwable, int) to the element there, and (Throwable) to how many there are. */
  private static final @Nullable MethodHandle ELEMENT_8;

  private static final @Nullable MethodHandle DEPTH_8;

  static {
    MethodHandle[] walker = walker();
    WALK = walker[0];
    CLASS_NAME = walker[1];
    METHOD_NAME = walker[2];
    ELEMENT = walker[3];
    TYPE = walker[4];
    MethodHandle[] before = WALK == null ? before9() : new MethodHandle[2];
    ELEMENT_8 = before[0];
    DEPTH_8 = before[1];
  }

  private ThreadFrames() {}

  /** Whether frames are made one by one, as they are asked for. */
  static boolean areLazy() {
    return WALK != null || ELEMENT_8 != null;
  }

  /** Whether a frame knows its class, and not its name alone. */
  static boolean haveClasses() {
    return WALK != null;
  }

  static void walk(FrameSearch search) throws Throwable {
    if (WALK != null) {
      Object nothing = (Object) WALK.invokeExact((Function<?, ?>) search);
    } else if (ELEMENT_8 != null && DEPTH_8 != null) {
      Throwable here = new Throwable();
      int depth = (int) DEPTH_8.invokeExact(here);
      for (int i = 0; i < depth && search.goesOn(); i++) {
        search.accept((StackTraceElement) ELEMENT_8.invokeExact(here, i));
      }
    } else {
      StackTraceElement[] all = new Throwable().getStackTrace();
      for (int i = 0; i < all.length && search.goesOn(); i++) search.accept(all[i]);
    }
  }

  /** The class of a frame's method; null where it only knows its name. */
  static @Nullable Class<?> type(Object frame) {
    return frame instanceof StackTraceElement ? null : (Class<?>) read(TYPE, frame);
  }

  static String className(Object frame) {
    if (frame instanceof StackTraceElement) return ((StackTraceElement) frame).getClassName();
    return (String) read(CLASS_NAME, frame);
  }

  static String methodName(Object frame) {
    if (frame instanceof StackTraceElement) return ((StackTraceElement) frame).getMethodName();
    return (String) read(METHOD_NAME, frame);
  }

  static StackTraceElement element(Object frame) {
    if (frame instanceof StackTraceElement) return (StackTraceElement) frame;
    return (StackTraceElement) read(ELEMENT, frame);
  }

  private static Object read(@Nullable MethodHandle property, Object frame) {
    try {
      if (property != null) return (Object) property.invokeExact(frame);
    } catch (Throwable unreadable) {
      throw new IllegalStateException(unreadable);
    }
    throw new IllegalArgumentException(frame.getClass().getName());
  }

  private static @Nullable MethodHandle[] walker() {
    MethodHandle[] found = new MethodHandle[5];
    try {
      // Some of these are sensitive to their caller, and closed to a public lookup.
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      Class<?> walker = Class.forName("java.lang.StackWalker");
      Class<?> frame = Class.forName("java.lang.StackWalker$StackFrame");
      found[1] = property(lookup, frame, "getClassName", String.class);
      found[2] = property(lookup, frame, "getMethodName", String.class);
      found[3] = property(lookup, frame, "toStackTraceElement", StackTraceElement.class);
      found[4] = property(lookup, frame, "getDeclaringClass", Class.class);
      Class<?> option = Class.forName("java.lang.StackWalker$Option");
      Object classes = option.getField("RETAIN_CLASS_REFERENCE").get(null);
      Object instance =
          lookup
              .findStatic(walker, "getInstance", methodType(walker, Set.class, int.class))
              .invoke(Collections.singleton(classes), FIRST_FRAMES);
      found[0] =
          lookup
              .findVirtual(walker, "walk", methodType(Object.class, Function.class))
              .bindTo(instance);
    } catch (Throwable before9) {
      found[0] = null;
    }
    return found;
  }

  private static MethodHandle property(
      MethodHandles.Lookup lookup, Class<?> frame, String name, Class<?> type)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(frame, name, methodType(type))
        .asType(methodType(Object.class, Object.class));
  }

  private static @Nullable MethodHandle[] before9() {
    MethodHandle[] found = new MethodHandle[2];
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Class<?> secrets = Class.forName("sun.misc.SharedSecrets");
      Class<?> access = Class.forName("sun.misc.JavaLangAccess");
      Object instance =
          lookup.findStatic(secrets, "getJavaLangAccess", methodType(access)).invoke();
      found[1] =
          lookup
              .findVirtual(access, "getStackTraceDepth", methodType(int.class, Throwable.class))
              .bindTo(instance);
      found[0] =
          lookup
              .findVirtual(
                  access,
                  "getStackTraceElement",
                  methodType(StackTraceElement.class, Throwable.class, int.class))
              .bindTo(instance);
    } catch (Throwable unknown) {
      found[0] = null;
    }
    return found;
  }
}
