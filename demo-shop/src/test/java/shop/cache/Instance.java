package shop.cache;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import shop.setup.RedisClientConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** The caches of one instance of the shop, with connections of its own, wired as the shop does. */
final class Instance implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofMillis(250);

  private final ClientResources resources;
  private final LettuceConnectionFactory connections;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  final Subscription subscription;
  final StringRedisTemplate redis;
  final Caches caches;

  Instance(RealServer server) throws Exception {
    this(server, null);
  }

  /**
   * @param second null for Redis itself
   */
  Instance(RealServer server, Store second) throws Exception {
    CacheConfiguration shop = new CacheConfiguration();
    RedisClientConfiguration client = new RedisClientConfiguration();
    DefaultClientResources.Builder resourcesBuilder = DefaultClientResources.builder();
    client.soonBack().customize(resourcesBuilder);
    resources = resourcesBuilder.build();
    ClientOptions.Builder options =
        ClientOptions.builder()
            .socketOptions(SocketOptions.builder().connectTimeout(TIMEOUT).build())
            .timeoutOptions(TimeoutOptions.enabled());
    client.refusedWhileAway().customize(options);
    connections =
        new LettuceConnectionFactory(
            new RedisStandaloneConfiguration("localhost", server.port()),
            LettuceClientConfiguration.builder()
                .clientResources(resources)
                .clientOptions(options.build())
                .commandTimeout(TIMEOUT)
                .build());
    connections.afterPropertiesSet();
    connections.start();
    redis = new StringRedisTemplate(connections);
    CacheConfiguration.Namespace namespace = new CacheConfiguration.Namespace("shop:test");
    JsonMapper json = JsonMapper.builder().build();
    Breaker breaker = shop.redisBreaker();
    Invalidations invalidations = shop.invalidations(namespace, redis, json, breaker);
    subscription = shop.subscription(namespace, connections, invalidations);
    subscription.keep();
    timer.scheduleWithFixedDelay(subscription::keep, 1, 1, TimeUnit.SECONDS);
    SecondTier tier =
        second == null
            ? new SecondTier(new RedisStore(redis), breaker)
            : new SecondTier(second, new Breaker("Second", Duration.ofSeconds(1)));
    caches = new Caches(namespace.prefix(), json, tier, invalidations, Duration.ofMinutes(10));
  }

  @Override
  public void close() throws Exception {
    timer.shutdownNow();
    subscription.destroy();
    caches.close();
    connections.destroy();
    resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
