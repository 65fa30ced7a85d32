package dev.atalaya.agent.weave;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import dev.atalaya.bridge.Tracing;

/**
 * Which class loaders find the boot loader's bridge: woven classes of others would fail at their
 * first call of it, in the application.
 *
 * <p>Each loader is asked once, in {@code transform}. The JVM does not call transformers for
 * classes that load on a thread that is inside one, so what the loader loads to answer does not
 * come back here.
 */
final class BridgeVisibility {
  private final WeakConcurrentMap<ClassLoader, Boolean> asked =
      new WeakConcurrentMap.WithInlinedExpunction<>();

  boolean of(ClassLoader loader) {
    Boolean known = asked.getIfPresent(loader);
    if (known != null) return known;
    boolean sees;
    try {
      sees = Class.forName(Tracing.class.getName(), false, loader) == Tracing.class;
    } catch (ClassNotFoundException hidden) {
      sees = false;
    } catch (Throwable unknown) {
      return false; // not now: a loader in the middle of something may answer later
    }
    asked.put(loader, sees);
    return sees;
  }
}
