package shop.setup;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** How the tuned edition's Redis client behaves while Redis is away. */
@Configuration(proxyBeanMethods = false)
@Profile("tuned")
public class RedisClientConfiguration {

  /** By itself it would hold commands back until their time is out. */
  @Bean
  public LettuceClientOptionsBuilderCustomizer refusedWhileAway() {
    return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS);
  }

  /**
   * Lettuce has one timeout for commands and for the first words on a new connection, which take a
   * cold and busy machine longer than any later command. So the commands get one of their own.
   */
  @Bean
  LettuceClientOptionsBuilderCustomizer timeOfCommands(
      @Value("${spring.data.redis.timeout}") Duration timeout) {
    return options -> options.timeoutOptions(TimeoutOptions.enabled(timeout));
  }

  @Bean
  LettuceClientConfigurationBuilderCustomizer timeOfConnecting(
      @Value("${spring.data.redis.connect-timeout}") Duration timeout) {
    return client -> client.commandTimeout(timeout);
  }

  /** By itself it would come back, after a longer outage, up to half a minute late. */
  @Bean
  public ClientResourcesBuilderCustomizer soonBack() {
    return resources ->
        resources.reconnectDelay(Delay.equalJitter(50, 1_000, 50, TimeUnit.MILLISECONDS));
  }
}
