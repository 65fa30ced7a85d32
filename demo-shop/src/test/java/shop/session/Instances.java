package shop.session;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import shop.Accounts.Account;

/** The sessions of two instances, in one real Redis and PostgreSQL. */
final class Instances implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofMinutes(30);
  static final Account BRUNO = new Account(1, "Bruno Berg");

  private final EmbeddedPostgres postgres = EmbeddedPostgres.start();
  private final AnnotationConfigApplicationContext spring =
      new AnnotationConfigApplicationContext();
  final RedisProcess redis = new RedisProcess();
  final JdbcTemplate jdbc = new JdbcTemplate(postgres.getPostgresDatabase());
  final StringRedisTemplate keys;
  final SharedSessions here;
  final SharedSessions there;

  Instances() throws Exception {
    new ResourceDatabasePopulator(new ClassPathResource("db/tuned/V10__sessions.sql"))
        .execute(postgres.getPostgresDatabase());
    spring.getEnvironment().setActiveProfiles("tuned");
    TestPropertyValues.of(
            "spring.data.redis.url=redis://localhost:" + redis.port(),
            "spring.data.redis.timeout=250ms",
            "spring.data.redis.connect-timeout=2s")
        .applyTo(spring);
    spring.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    spring.register(
        DataRedisAutoConfiguration.class, Class.forName("shop.setup.RedisClientConfiguration"));
    spring.refresh();
    keys = spring.getBean(StringRedisTemplate.class);
    here = instance();
    there = instance();
  }

  private SharedSessions instance() {
    return new SharedSessions(
        new SessionTable(jdbc),
        new RedisSessions(spring.getBean(RedisConnectionFactory.class)),
        TIMEOUT);
  }

  SharedSession login() {
    SharedSession session = here.createSession();
    session.setAttribute("account", BRUNO);
    here.save(session);
    return session;
  }

  /** Until what both save arrives in Redis. */
  void awaitRedis() {
    awaitRedis(here);
    awaitRedis(there);
  }

  private void awaitRedis(SharedSessions instance) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () -> {
              SharedSession session = instance.createSession();
              instance.save(session);
              return isInRedis(session);
            });
  }

  boolean isInRedis(SharedSession session) {
    return keys.hasKey(key(session));
  }

  static String key(SharedSession session) {
    return "session:" + session.getId();
  }

  int rows(SharedSession session) {
    return jdbc.queryForObject(
        "select count(*) from sessions where id = ?", Integer.class, session.getId());
  }

  Instant expiry(SharedSession session) {
    return jdbc.queryForObject(
        "select expires_at from sessions where id = ?",
        (row, i) -> row.getTimestamp(1).toInstant(),
        session.getId());
  }

  /** Makes its end three seconds older. */
  void age(SharedSession session) {
    jdbc.update(
        "update sessions set ended_at = ended_at - interval '3 seconds' where id = ?",
        session.getId());
  }

  @Override
  public void close() throws Exception {
    spring.close();
    redis.close();
    postgres.close();
  }
}
