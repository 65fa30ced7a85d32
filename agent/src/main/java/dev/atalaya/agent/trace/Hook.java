package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a library's folder does behind the wall where its woven code was; on the application's
 * thread. Missing arguments are null; what it returns is the bridge's or the JDK's.
 */
@FunctionalInterface
public interface Hook {
  @Nullable Object call(
      @Nullable Object first,
      @Nullable Object second,
      @Nullable Object third,
      @Nullable Object fourth);
}
