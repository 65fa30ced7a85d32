package dev.atalaya.agent.weave;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import dev.atalaya.agent.state.StateField;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The classes of this JVM that were given the field for the agent's state when they were loaded. It
 * is theirs for life: the JVM refuses a class that comes without it from a retransformation.
 *
 * <p>Known by loader and name, as a class that is being loaded does not exist yet.
 */
final class GrownClasses {
  private static final WeakConcurrentMap<ClassLoader, Set<String>> NAMES =
      new WeakConcurrentMap.WithInlinedExpunction<>();
  private static final Set<String> BOOT_NAMES = ConcurrentHashMap.newKeySet();

  private GrownClasses() {}

  static boolean contain(@Nullable ClassLoader loader, @Nullable String internalName) {
    if (internalName == null) return false;
    Set<String> names = loader == null ? BOOT_NAMES : NAMES.getIfPresent(loader);
    return names != null && names.contains(internalName);
  }

  static void add(@Nullable ClassLoader loader, String internalName) {
    Set<String> names = BOOT_NAMES;
    if (loader != null) {
      names = ConcurrentHashMap.newKeySet();
      Set<String> earlier = NAMES.putIfAbsent(loader, names);
      if (earlier != null) names = earlier;
    }
    names.add(internalName);
  }

  /** The field of the topmost of a class and those above it: the same for all of their advice. */
  static @Nullable StateField field(FieldAccess access, Class<?> type) {
    StateField topmost = null;
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      if (!contain(above.getClassLoader(), above.getName().replace('.', '/'))) continue;
      StateField found = access.field(above);
      if (found != null) topmost = found;
    }
    return topmost;
  }
}
