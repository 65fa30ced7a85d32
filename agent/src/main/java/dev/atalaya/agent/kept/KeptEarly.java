package dev.atalaya.agent.kept;

import dev.atalaya.agent.trace.Span;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The requests and jobs that are kept although they go on, so that of all others nothing has to be
 * looked up at their end. Used by the worker's thread alone.
 */
final class KeptEarly {
  private static final int MOST = 1_000;

  /** The ids of the spans that opened them, the oldest first. */
  private final Set<Long> roots = new LinkedHashSet<>();

  void add(Span root) {
    roots.add(root.id());
    if (roots.size() <= MOST) return;
    Iterator<Long> oldest = roots.iterator();
    oldest.next();
    oldest.remove();
  }

  /** Whether it was there. */
  boolean remove(Span root) {
    return !roots.isEmpty() && roots.remove(root.id());
  }
}
