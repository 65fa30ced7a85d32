package shop.cache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long values live: some a little less than others, so that they do not expire together. */
record Ttl(Duration longest) {
  private static final double JITTER = 0.2;

  Duration next() {
    double share = 1 - JITTER * ThreadLocalRandom.current().nextDouble();
    return Duration.ofMillis(Math.max(1, (long) (longest.toMillis() * share)));
  }
}
