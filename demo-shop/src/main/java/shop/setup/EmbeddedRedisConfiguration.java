package shop.setup;

import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The shop's own Redis, where SHOP_REDIS_URL names no other. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.data.redis.url", havingValue = "redis://embedded")
class EmbeddedRedisConfiguration {

  @Bean
  EmbeddedRedis redis() throws IOException, InterruptedException {
    return new EmbeddedRedis();
  }

  @Bean
  DataRedisConnectionDetails redisConnection(EmbeddedRedis redis) {
    return new DataRedisConnectionDetails() {
      @Override
      public Standalone getStandalone() {
        return Standalone.of("localhost", redis.port());
      }
    };
  }
}
