package dev.atalaya.agent.weave;

import com.blogspot.mydailyjava.weaklockfree.WeakConcurrentMap;
import dev.atalaya.bridge.Tracing;

/**
 * Which class loaders hand out the bridge that the boot loader has: woven classes of the others
 * would fail on the first call of it, in the application.
 *
 * <p>Each loader is asked once, in {@code transform}. The JVM hands transformers nothing that loads
 * on a thread that is in one, so what the loader loads to answer does not come back here.
 */
final class BridgeSight {
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
