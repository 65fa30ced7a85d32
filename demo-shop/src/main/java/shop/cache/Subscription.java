package shop.cache;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.scheduling.annotation.Scheduled;

/** Hears of other instances' changes, from whenever Redis is there: the shop opens without it. */
final class Subscription implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(Subscription.class);

  private final RedisMessageListenerContainer container = new RedisMessageListenerContainer();

  Subscription(RedisConnectionFactory redis, String channel, Invalidations invalidations) {
    container.setConnectionFactory(redis);
    // Nothing there waits, so that the connection's own thread may do it.
    container.setTaskExecutor(Runnable::run);
    container.addMessageListener(invalidations, ChannelTopic.of(channel));
    container.afterPropertiesSet();
  }

  /** Once it listens, the driver connects and subscribes again by itself. */
  @Scheduled(fixedDelay = 1000)
  void keep() {
    if (container.isListening()) {
      return;
    }
    try {
      container.stop();
      container.start();
    } catch (RuntimeException away) {
      log.debug("Not subscribed yet", away);
    }
  }

  boolean isListening() {
    return container.isListening();
  }

  @Override
  public void destroy() throws Exception {
    container.destroy();
  }
}
