package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is still to be told of one problem: that it fires, that it is resolved, or both.
 */
final class PendingAlert {
  final long sinceMillis;
  @Nullable ProblemEvent firing;
  @Nullable ProblemEvent resolved;

  /** Whether all tries in short order failed. */
  boolean failed;

  PendingAlert(@Nullable ProblemEvent firing, @Nullable ProblemEvent resolved, long sinceMillis) {
    this.firing = firing;
    this.resolved = resolved;
    this.sinceMillis = sinceMillis;
  }

  @Nullable ProblemEvent next() {
    return firing != null ? firing : resolved;
  }

  boolean holds(ProblemEvent event) {
    return firing == event || resolved == event;
  }

  /** Takes it out; true where nothing is left. */
  boolean without(ProblemEvent event) {
    if (firing == event) firing = null;
    if (resolved == event) resolved = null;
    return firing == null && resolved == null;
  }
}
