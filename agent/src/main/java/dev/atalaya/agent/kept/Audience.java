package dev.atalaya.agent.kept;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether somebody looks: from the first time that he asks until ten minutes after the last. */
final class Audience {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private volatile boolean asked;
  private volatile long askedNanos;
  private volatile long sinceMillis;

  void asks() {
    if (!isThere()) sinceMillis = System.currentTimeMillis();
    askedNanos = System.nanoTime();
    asked = true;
  }

  boolean isThere() {
    return asked && System.nanoTime() - askedNanos < PATIENCE_NANOS;
  }

  /** Null while nobody looks. */
  @Nullable String since() {
    return isThere() ? Instant.ofEpochMilli(sinceMillis).toString() : null;
  }
}
