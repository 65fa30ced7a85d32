package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What reads of a cache found: null, or a value that says it is none, is a miss. */
public final class RedisHits {
  private static final Getter HAS_VALUE = new Getter("hasValue");

  private RedisHits() {}

  /** Returns how many were there. */
  public static int count(ClientCalls calls, Datasource datasource, @Nullable Object reply) {
    int found = 0;
    int asked = 1;
    if (reply instanceof Collection) {
      asked = ((Collection<?>) reply).size();
      for (Object value : (Collection<?>) reply) if (isThere(value)) found++;
    } else if (isThere(reply)) {
      found = 1;
    }
    calls.cacheRead(datasource, found, asked);
    return found;
  }

  private static boolean isThere(@Nullable Object value) {
    return value != null && !Boolean.FALSE.equals(HAS_VALUE.of(value));
  }
}
