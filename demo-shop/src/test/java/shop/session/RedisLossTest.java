package shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import shop.Accounts.Account;

/** Sessions while Redis is killed, hangs, and comes back. */
class RedisLossTest {
  private static Instances both;

  @BeforeAll
  static void start() throws Exception {
    both = new Instances();
  }

  @AfterAll
  static void stop() throws Exception {
    both.close();
  }

  @AfterEach
  void redis_is_well_again() {
    both.awaitRedis();
  }

  @Test
  void nobody_is_logged_out_when_redis_is_killed_and_all_can_log_in_and_out() throws Exception {
    SharedSession before = both.login();
    both.redis.kill();

    long start = System.nanoTime();
    assertThat(both.there.findById(before.getId()).<Account>getAttribute("account"))
        .isEqualTo(Instances.BRUNO);
    SharedSession during = both.login();
    assertThat(both.there.findById(during.getId()).<Account>getAttribute("account"))
        .isEqualTo(Instances.BRUNO);
    SharedSession ended = both.login();
    both.here.deleteById(ended.getId());
    assertThat(both.there.findById(ended.getId())).isNull();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));

    both.redis.start();
    both.awaitRedis();
    assertThat(both.here.findById(before.getId())).isNotNull();
    assertThat(both.there.findById(during.getId())).isNotNull();
    assertThat(both.isInRedis(before)).isTrue();
    assertThat(both.isInRedis(during)).isTrue();
    assertThat(both.there.findById(ended.getId())).isNull();
  }

  @Test
  void redis_that_hangs_does_not_hold_up_every_request() throws Exception {
    SharedSession session = both.login();
    both.redis.hang();
    try {
      long start = System.nanoTime();
      for (int i = 0; i < 12; i++) {
        assertThat(both.here.findById(session.getId())).isNotNull();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("12 times 250 ms, if each had waited")
          .isLessThan(Duration.ofMillis(1_500));
    } finally {
      both.redis.goOn();
    }
  }

  @Test
  void session_that_ended_while_redis_was_out_of_reach_does_not_come_back_with_it()
      throws Exception {
    SharedSession session = both.login();
    both.redis.hang();
    try {
      both.here.findById(session.getId()); // it notices: what follows is not even sent
      both.here.deleteById(session.getId());
      both.age(session);
      both.here.forgetEnded();
      assertThat(both.rows(session)).isOne();
    } finally {
      both.redis.goOn();
    }
    both.awaitRedis();
    assertThat(both.isInRedis(session)).as("Redis has kept it").isTrue();

    both.here.forgetEnded();

    assertThat(both.isInRedis(session)).isFalse();
    assertThat(both.there.findById(session.getId())).isNull();
    assertThat(both.rows(session)).isZero();
  }
}
