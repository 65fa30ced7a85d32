package dev.atalaya.agent.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What loaded classes become, woven before the JVM changes them.
 *
 * <p>At the first change of any class the JVM drops all code that it has compiled, the agent's as
 * well, and what the application does next is interpreted. So the class files are woven first, by a
 * change that the JVM must refuse. Then a class of the agent's own is changed, to what it was,
 * which drops the code; and the application's code is compiled again by the time that its own
 * classes are changed, for which the JVM stands still.
 */
final class WovenAhead {
  /** For the code that is used most; what is used less is not waited for. */
  private static final long COMPILE_MILLIS = 500;

  private final Map<Class<?>, Change> changes = new ConcurrentHashMap<>();
  private volatile boolean refused;

  /** Weaves the files of these classes, and changes none of them. */
  void weave(Instrumentation jvm, List<Class<?>> classes) {
    List<Class<?>> all = new ArrayList<>(classes);
    all.add(Refused.class); // the last one, as the JVM asks for no more after it
    try {
      jvm.retransformClasses(all.toArray(new Class<?>[0]));
    } catch (Throwable expected) {
      // No class was changed.
    }
    refused = true;
    try {
      jvm.retransformClasses(Refused.class);
      Thread.sleep(COMPILE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable unable) {
      // The first change of the application's classes drops the code.
    }
  }

  /** What makes the JVM refuse: a field more, in the class that is there for it. */
  byte @Nullable [] refusal(@Nullable Class<?> loaded, byte[] classFile) {
    return loaded == Refused.class && !refused ? AddedField.alone(classFile) : null;
  }

  /** Null where the class was not woven, or had another file then. */
  @Nullable Change of(Class<?> loaded, byte[] classFile) {
    Change known = changes.get(loaded);
    return known != null && Arrays.equals(known.before, classFile) ? known : null;
  }

  /** Whether what is woven now is only kept; then the class stays as it is for now. */
  boolean keeps(Class<?> loaded, byte[] classFile, byte @Nullable [] woven) {
    if (!refused) changes.put(loaded, new Change(classFile, woven));
    return !refused;
  }

  /** A class file, and what it becomes; null for what stays. */
  static final class Change {
    final byte[] before;
    final byte @Nullable [] after;

    Change(byte[] before, byte @Nullable [] after) {
      this.before = before;
      this.after = after;
    }
  }

  private static final class Refused {}
}
