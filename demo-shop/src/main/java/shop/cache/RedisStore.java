package shop.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/** Redis: a read is one MGET, all else one script, which is atomic there. */
final class RedisStore implements Store {
  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> LEASE =
      RedisScript.of(
          """
          local taken = {}
          for _, key in ipairs(KEYS) do
            if redis.call('SET', key, ARGV[1], 'NX', 'PX', ARGV[2]) then
              taken[#taken + 1] = key
            end
          end
          return taken
          """,
          List.class);

  private static final RedisScript<Void> FILL =
      RedisScript.of(
          """
          for i, key in ipairs(KEYS) do
            if redis.call('GET', key) == ARGV[1] then
              redis.call('SET', key, ARGV[2 * i], 'PX', ARGV[2 * i + 1])
            end
          end
          """);

  private static final RedisScript<Void> RELEASE =
      RedisScript.of(
          """
          for _, key in ipairs(KEYS) do
            if redis.call('GET', key) == ARGV[1] then
              redis.call('DEL', key)
            end
          end
          """);

  private final StringRedisTemplate redis;

  RedisStore(StringRedisTemplate redis) {
    this.redis = redis;
  }

  @Override
  public Map<String, String> get(Collection<String> keys) {
    List<String> asked = List.copyOf(keys);
    List<String> values = redis.opsForValue().multiGet(asked);
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      if (values.get(i) != null) {
        found.put(asked.get(i), values.get(i));
      }
    }
    return found;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Set<String> lease(Collection<String> keys, String lease, Duration ttl) {
    String millis = Long.toString(ttl.toMillis());
    return new HashSet<>(redis.execute(LEASE, List.copyOf(keys), lease, millis));
  }

  @Override
  public void fill(String lease, Map<String, String> values, Ttl ttl) {
    List<String> keys = new ArrayList<>();
    List<String> arguments = new ArrayList<>(List.of(lease));
    values.forEach(
        (key, value) -> {
          keys.add(key);
          arguments.add(value);
          arguments.add(Long.toString(ttl.next().toMillis()));
        });
    redis.execute(FILL, keys, arguments.toArray());
  }

  @Override
  public void release(String lease, Collection<String> keys) {
    redis.execute(RELEASE, List.copyOf(keys), lease);
  }

  @Override
  public void remove(Collection<String> keys) {
    redis.delete(keys);
  }

  /** The connections are the application's. */
  @Override
  public void close() {}
}
