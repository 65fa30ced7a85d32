package dev.atalaya.agent.library.vertx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Contexts that a thread has come to, each within the one before, and what to go back to after it.
 *
 * <p>Vert.x says at the end of one what was before it. An end that does not fit is of one whose
 * beginning was not seen, as the agent was off.
 */
final class Dispatches {
  private @Nullable Object[] entries = new Object[8];
  private int size;

  /** {@code left}: what the agent goes back to, null for nothing. */
  void begun(@Nullable Object previous, @Nullable Object left) {
    if (size == entries.length) entries = Arrays.copyOf(entries, 2 * size);
    entries[size] = previous;
    entries[size + 1] = left;
    size += 2;
  }

  @Nullable Object ended(@Nullable Object previous) {
    if (size == 0 || entries[size - 2] != previous) return null;
    size -= 2;
    Object left = entries[size + 1];
    entries[size] = null;
    entries[size + 1] = null;
    return left;
  }
}
