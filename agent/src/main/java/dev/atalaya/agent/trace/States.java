package dev.atalaya.agent.trace;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import dev.atalaya.bridge.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * State kept with a library's object: in its own field where the weaver added one, else in a map
 * with weak keys compared by identity.
 */
final class States {
  private static final WeakConcurrentMap<Object, Object> MAP =
      new WeakConcurrentMap.WithInlinedExpunction<>();

  private States() {}

  static @Nullable Object get(@Nullable Object target) {
    if (target instanceof Carrier) return ((Carrier) target).atalaya$state();
    return target == null ? null : MAP.getIfPresent(target);
  }

  static void put(@Nullable Object target, Object state) {
    if (target instanceof Carrier) ((Carrier) target).atalaya$state(state);
    else if (target != null) MAP.put(target, state);
  }

  static void remove(Object target) {
    if (target instanceof Carrier) ((Carrier) target).atalaya$state(null);
    else MAP.remove(target);
  }
}
