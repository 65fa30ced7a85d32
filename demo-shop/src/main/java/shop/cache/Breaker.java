package shop.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps callers from a server that does not answer: after a failure nobody asks it for a while,
 * then one caller tries.
 */
final class Breaker {
  private static final Logger log = LoggerFactory.getLogger(Breaker.class);

  private final String server;
  private final long pauseNanos;
  private final AtomicLong nextTry = new AtomicLong();
  private volatile boolean open;

  Breaker(String server, Duration pause) {
    this.server = server;
    this.pauseNanos = pause.toNanos();
  }

  /** Empty where the server does not answer, or was not asked. */
  <T> Optional<T> call(Supplier<T> operation) {
    if (!permits()) {
      return Optional.empty();
    }
    try {
      T answer = operation.get();
      worked();
      return Optional.of(answer);
    } catch (RuntimeException away) {
      failed(away);
      return Optional.empty();
    }
  }

  private boolean permits() {
    if (!open) {
      return true;
    }
    long now = System.nanoTime();
    long planned = nextTry.get();
    return now - planned >= 0 && nextTry.compareAndSet(planned, now + pauseNanos);
  }

  private void worked() {
    if (open) {
      open = false;
      log.info("{} answers again", server);
    }
  }

  private void failed(RuntimeException away) {
    nextTry.set(System.nanoTime() + pauseNanos);
    if (!open) {
      open = true;
      log.warn("{} does not answer and is left out for now: {}", server, away.toString());
    }
  }
}
