package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is still to be told of one finding: that it fires, that it is resolved, or both.
 */
final class Waiting {
  final long sinceMillis;
  @Nullable Notice firing;
  @Nullable Notice resolved;

  /** Whether all tries in short order failed. */
  boolean failed;

  Waiting(@Nullable Notice firing, @Nullable Notice resolved, long sinceMillis) {
    this.firing = firing;
    this.resolved = resolved;
    this.sinceMillis = sinceMillis;
  }

  @Nullable Notice next() {
    return firing != null ? firing : resolved;
  }

  boolean holds(Notice notice) {
    return firing == notice || resolved == notice;
  }

  /** Takes it out; true where nothing is left. */
  boolean without(Notice notice) {
    if (firing == notice) firing = null;
    if (resolved == notice) resolved = null;
    return firing == null && resolved == null;
  }
}
