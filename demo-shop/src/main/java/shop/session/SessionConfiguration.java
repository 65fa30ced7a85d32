package shop.session;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.filter.RequestContextFilter;

/**
 * Spring Session in place of the container's sessions, which no other instance knows and which end
 * with the process. Its cookie is configured as the container's, by {@code server.servlet.session}.
 */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
@Profile("tuned")
class SessionConfiguration {

  @Bean
  SharedSessions sessionRepository(
      JdbcTemplate jdbc,
      RedisConnectionFactory connections,
      @Value("${server.servlet.session.timeout}") Duration timeout) {
    return new SharedSessions(new SessionTable(jdbc), new RedisSessions(connections), timeout);
  }

  /** Around the session's filter, so that {@link OneLookup} has a request there. */
  @Bean
  RequestContextFilter requestContextFilter() {
    OrderedRequestContextFilter filter = new OrderedRequestContextFilter();
    filter.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
    return filter;
  }
}
