package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Subscribed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Listeners of one future that were added in a request, in their order. One object may be several:
 * added by several requests, or twice by one.
 */
final class Listeners {
  private final List<Added> waiting = new ArrayList<>(1);

  Listeners() {}

  /** A future that never completes, as that of a connection's end, keeps no request alive. */
  synchronized void add(Object listener, Subscribed context) {
    waiting.removeIf(each -> each.context.isOver());
    waiting.add(new Added(listener, context));
  }

  /** The context of that listener, which is told now or removed; null where it came in none. */
  synchronized @Nullable Subscribed take(@Nullable Object listener) {
    for (Iterator<Added> all = waiting.iterator(); all.hasNext(); ) {
      Added each = all.next();
      if (each.listener != listener) continue;
      all.remove();
      return each.context;
    }
    return null;
  }

  private static final class Added {
    final Object listener;
    final Subscribed context;

    Added(Object listener, Subscribed context) {
      this.listener = listener;
      this.context = context;
    }
  }
}
