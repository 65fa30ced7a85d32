package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a library's advice calls behind the wall, on the application's thread. Arguments that the
 * advice does not give are null; what it returns is an object of the bridge or the JDK, or null.
 */
@FunctionalInterface
public interface Hook {
  @Nullable Object call(
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      @Nullable Object fourth);
}
