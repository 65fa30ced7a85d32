package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reads found: null, or a value that says it is none, is a miss. */
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

  /** The members that a read of many was answered, below 0 where that is not known. */
  public static int members(RedisCommand command, @Nullable Object reply) {
    if (reply instanceof Map) return ((Map<?, ?>) reply).size();
    if (!(reply instanceof Collection)) return -1;
    Collection<?> members = (Collection<?>) reply;
    // As Redis sends it before version 3 of its protocol: a field, its value, a field.
    boolean flat = command.isOfPairs() && !members.isEmpty() && isText(members.iterator().next());
    return flat ? members.size() / 2 : members.size();
  }

  private static boolean isText(@Nullable Object member) {
    return member instanceof byte[] || member instanceof CharSequence;
  }

  private static boolean isThere(@Nullable Object value) {
    return value != null && !Boolean.FALSE.equals(HAS_VALUE.of(value));
  }
}
