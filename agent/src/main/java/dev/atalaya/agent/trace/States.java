package dev.atalaya.agent.trace;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import dev.atalaya.agent.state.StateField;
import org.jspecify.annotations.Nullable;

/**
 * State kept with a library's object: in its own field where the weaver added one, else in a map
 * with weak keys compared by identity.
 */
public final class States {
  private static final WeakConcurrentMap<Object, Object> MAP =
      new WeakConcurrentMap.WithInlinedExpunction<>();

  private States() {}

  public static @Nullable Object get(@Nullable Object target) {
    if (target == null) return null;
    StateField field = StateField.of(target.getClass());
    return field == null ? MAP.getIfPresent(target) : field.get(target);
  }

  public static void put(@Nullable Object target, Object state) {
    if (target == null) return;
    StateField field = StateField.of(target.getClass());
    if (field == null) MAP.put(target, state);
    else field.put(target, state);
  }

  public static void remove(Object target) {
    StateField field = StateField.of(target.getClass());
    if (field == null) MAP.remove(target);
    else field.put(target, null);
  }

  static boolean inField(Object target) {
    return StateField.of(target.getClass()) != null;
  }
}
