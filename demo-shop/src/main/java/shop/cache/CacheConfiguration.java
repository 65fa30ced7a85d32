package shop.cache;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The tuned edition's caches. */
@Configuration(proxyBeanMethods = false)
@Profile("tuned")
class CacheConfiguration {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** One Redis may serve shops with different databases, or outlive a database. */
  record Namespace(String prefix) {
    String channel() {
      return prefix + ":changes";
    }
  }

  @Bean
  Namespace cacheNamespace(JdbcTemplate jdbc) {
    return new Namespace(
        "shop:" + jdbc.queryForObject("select id from cache_namespace", String.class));
  }

  @Bean
  Breaker redisBreaker() {
    return new Breaker("Redis", PAUSE);
  }

  @Bean
  Invalidations invalidations(
      Namespace namespace, StringRedisTemplate redis, JsonMapper json, Breaker redisBreaker) {
    return new Invalidations(namespace.channel(), redis, json, redisBreaker);
  }

  @Bean
  Subscription subscription(
      Namespace namespace, RedisConnectionFactory redis, Invalidations invalidations) {
    return new Subscription(redis, namespace.channel(), invalidations);
  }

  @Bean
  Caches caches(
      @Value("${shop.cache.second}") String second,
      @Value("${shop.cache.memcached}") String memcached,
      @Value("${shop.cache.near-ttl}") Duration nearTtl,
      @Value("${spring.data.redis.timeout}") Duration timeout,
      Namespace namespace,
      StringRedisTemplate redis,
      Breaker redisBreaker,
      Invalidations invalidations,
      JsonMapper json) {
    SecondTier tier =
        switch (second) {
          case "redis" -> new SecondTier(new RedisStore(redis), redisBreaker);
          case "memcached" ->
              new SecondTier(
                  new MemcachedStore(memcached, timeout), new Breaker("Memcached", PAUSE));
          default -> throw new IllegalArgumentException("shop.cache.second=" + second);
        };
    return new Caches(namespace.prefix(), json, tier, invalidations, nearTtl);
  }
}
