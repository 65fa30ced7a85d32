package shop.session;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Sessions in Redis, which may be away: then it knows none, and is left alone for a moment, so that
 * a Redis that hangs does not hold up every request.
 */
final class RedisSessions {
  private static final Logger log = LoggerFactory.getLogger(RedisSessions.class);
  private static final String PREFIX = "session:";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final RedisTemplate<String, byte[]> redis = new RedisTemplate<>();
  private final AtomicLong pausedUntil = new AtomicLong(System.nanoTime());
  private volatile boolean away;

  RedisSessions(RedisConnectionFactory connections) {
    redis.setConnectionFactory(connections);
    redis.setKeySerializer(RedisSerializer.string());
    redis.setValueSerializer(RedisSerializer.byteArray());
    redis.afterPropertiesSet();
    find("nobody"); // the first question takes longest, and should be no visitor's
  }

  byte @Nullable [] find(String id) {
    return ask(() -> redis.opsForValue().get(PREFIX + id), null);
  }

  void put(String id, byte[] content, Duration life) {
    ask(
        () -> {
          redis.opsForValue().set(PREFIX + id, content, life);
          return true;
        },
        false);
  }

  /** Whether Redis does not know them any more. */
  boolean remove(List<String> ids) {
    List<String> keys = ids.stream().map(id -> PREFIX + id).toList();
    return ask(() -> redis.delete(keys) != null, false);
  }

  private <T extends @Nullable Object> T ask(Supplier<T> question, T otherwise) {
    long until = pausedUntil.get();
    long now = System.nanoTime();
    // While it is away, one request finds out for all whether it is back.
    if (now - until < 0 || away && !pausedUntil.compareAndSet(until, now + PAUSE.toNanos())) {
      return otherwise;
    }
    try {
      T answer = question.get();
      if (away) {
        away = false;
        pausedUntil.set(now);
        log.info("Redis is back: sessions are kept there again");
      }
      return answer;
    } catch (DataAccessException e) {
      pausedUntil.set(System.nanoTime() + PAUSE.toNanos());
      if (!away) {
        away = true;
        log.warn("Redis is away: sessions come from the table ({})", e.getMessage());
      }
      return otherwise;
    }
  }
}
