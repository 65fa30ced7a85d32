package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What reads of a cache found: null, or a value that says it is none, is a miss. */
final class RedisHits {
  private static final Getter HAS_VALUE = new Getter("hasValue");

  private RedisHits() {}

  /** Returns how many were there. */
  static int count(Meters meters, Datasource datasource, @Nullable Object reply) {
    int found = 0;
    int asked = 1;
    if (reply instanceof Collection) {
      asked = ((Collection<?>) reply).size();
      for (Object value : (Collection<?>) reply) if (isThere(value)) found++;
    } else if (isThere(reply)) {
      found = 1;
    }
    if (asked > 0) meters.cache(datasource.system, datasource.host, found, asked - found);
    return found;
  }

  private static boolean isThere(@Nullable Object value) {
    return value != null && !Boolean.FALSE.equals(HAS_VALUE.of(value));
  }
}
