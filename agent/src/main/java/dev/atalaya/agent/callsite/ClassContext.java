package dev.atalaya.agent.callsite;

import org.jspecify.annotations.Nullable;

/**
 * The classes on the calling thread's stack, for Java 8, whose frames know only their classes'
 * names.
 */
final class ClassContext extends SecurityManager {
  private static final @Nullable ClassContext STACK = ThreadFrames.haveClasses() ? null : make();

  private static @Nullable ClassContext make() {
    try {
      return new ClassContext();
    } catch (RuntimeException forbidden) {
      return null;
    }
  }

  /** Null where no class of that name is on the stack, or its frame tells its class by itself. */
  static @Nullable Class<?> find(String className) {
    if (STACK == null) return null;
    for (Class<?> type : STACK.getClassContext()) if (type.getName().equals(className)) return type;
    return null;
  }
}
