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

  /**
   * Where the state of a class's objects is: in its own field and in those of the classes above it,
   * as far as they have one. The advice of each class may read that class's own.
   */
  static @Nullable StateField field(FieldAccess access, Class<?> type) {
    StateField all = null;
    for (Class<?> above = type; above != null; above = above.getSuperclass()) {
      if (!contain(above.getClassLoader(), above.getName().replace('.', '/'))) continue;
      StateField found = access.field(above);
      if (found != null) all = all == null ? found : new Both(all, found);
    }
    return all;
  }

  /** Two fields that always hold the same. */
  private static final class Both extends StateField {
    private final StateField below;
    private final StateField above;

    Both(StateField below, StateField above) {
      this.below = below;
      this.above = above;
    }

    @Override
    public @Nullable Object get(Object target) {
      return above.get(target);
    }

    @Override
    public void put(Object target, @Nullable Object state) {
      below.put(target, state);
      above.put(target, state);
    }
  }
}
