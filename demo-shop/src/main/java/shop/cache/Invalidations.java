package shop.cache;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * What instances tell each other of changes, by Redis: each then drops it from its near tier.
 *
 * <p>Messages get lost while a connection is down. Who is subscribed again drops everything; and
 * who could not tell something tells everybody, with the next, to drop everything.
 */
final class Invalidations implements MessageListener, SubscriptionListener {
  private final String self = UUID.randomUUID().toString();
  private final Map<String, TieredCache<?, ?>> caches = new ConcurrentHashMap<>();
  private final String channel;
  private final StringRedisTemplate redis;
  private final JsonMapper json;
  private final Breaker breaker;
  private volatile boolean untold;

  Invalidations(String channel, StringRedisTemplate redis, JsonMapper json, Breaker breaker) {
    this.channel = channel;
    this.redis = redis;
    this.json = json;
    this.breaker = breaker;
  }

  /**
   * @param cache empty for all of them
   */
  private record Change(String sender, String cache, List<String> keys) {}

  void listen(String cache, TieredCache<?, ?> to) {
    caches.put(cache, to);
  }

  void tell(String cache, List<String> keys) {
    boolean all = untold;
    if (all) {
      untold = false; // before it is told: what fails from now on is owed again
    }
    Change change = all ? new Change(self, "", List.of()) : new Change(self, cache, keys);
    boolean told =
        breaker
            .call(() -> redis.convertAndSend(channel, json.writeValueAsString(change)))
            .isPresent();
    if (!told) {
      untold = true;
    }
  }

  @Override
  public void onMessage(Message message, byte[] pattern) {
    Change change = json.readValue(message.getBody(), Change.class);
    if (change.sender.equals(self)) {
      return;
    }
    if (change.cache.isEmpty()) {
      caches.values().forEach(TieredCache::dropAll);
    } else if (caches.containsKey(change.cache)) {
      caches.get(change.cache).drop(change.keys);
    }
  }

  @Override
  public void onChannelSubscribed(byte[] name, long count) {
    if (channel.equals(new String(name, StandardCharsets.UTF_8))) {
      caches.values().forEach(TieredCache::dropAll);
    }
  }
}
