package dev.atalaya.agent.detect;

import org.jspecify.annotations.Nullable;

/** Says what to change in the words of one library; each library's folder may bring one. */
public interface Suggester {
  /** Null where the library has nothing to do with it, or no better words than any other. */
  @Nullable Fix suggest(Subject subject);
}
