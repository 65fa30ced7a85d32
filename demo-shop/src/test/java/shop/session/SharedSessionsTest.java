package shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import shop.Accounts.Account;

/** Sessions as every instance sees them. */
class SharedSessionsTest {
  private static Instances both;

  @BeforeAll
  static void start() throws Exception {
    both = new Instances();
  }

  @AfterAll
  static void stop() throws Exception {
    both.close();
  }

  @Test
  void session_is_the_same_at_every_instance() {
    SharedSession session = both.login();

    SharedSession found = both.there.findById(session.getId());

    assertThat(found.<Account>getAttribute("account")).isEqualTo(Instances.BRUNO);
    assertThat(found.getCreationTime()).isEqualTo(session.getCreationTime());
    assertThat(found.getMaxInactiveInterval()).isEqualTo(Instances.TIMEOUT);
  }

  @Test
  void session_is_read_from_redis_alone() {
    SharedSession session = both.login();
    both.jdbc.update("update sessions set content = ''");

    assertThat(both.there.findById(session.getId()).<Account>getAttribute("account"))
        .isEqualTo(Instances.BRUNO);
  }

  @Test
  void what_redis_has_forgotten_comes_from_the_table_and_is_known_again() {
    SharedSession session = both.login();
    both.keys.delete(Instances.key(session));

    assertThat(both.there.findById(session.getId()).<Account>getAttribute("account"))
        .isEqualTo(Instances.BRUNO);
    assertThat(both.isInRedis(session)).isTrue();
    assertThat(both.keys.getExpire(Instances.key(session))).isBetween(1800L, 1920L);
  }

  @Test
  void session_that_ended_is_unknown_everywhere() {
    SharedSession session = both.login();

    both.here.deleteById(session.getId());

    assertThat(both.there.findById(session.getId())).isNull();
    assertThat(both.isInRedis(session)).isFalse();
  }

  @Test
  void request_that_was_under_way_does_not_bring_an_ended_session_back() {
    SharedSession session = both.login();
    SharedSession meanwhile = both.there.findById(session.getId());
    both.here.deleteById(session.getId());

    meanwhile.setAttribute("account", Instances.BRUNO);
    both.there.save(meanwhile);

    assertThat(both.isInRedis(session)).isFalse();
    assertThat(both.here.findById(session.getId())).isNull();
  }

  @Test
  void being_there_is_not_written_each_time() {
    SharedSession session = both.login();
    Instant stored = both.expiry(session);

    SharedSession found = both.there.findById(session.getId());
    found.setLastAccessedTime(session.getLastAccessedTime().plusSeconds(119));
    both.there.save(found);
    assertThat(both.expiry(session)).isEqualTo(stored);

    found.setLastAccessedTime(session.getLastAccessedTime().plusSeconds(120));
    both.there.save(found);
    assertThat(both.expiry(session)).isAfter(stored);
    Instant refreshed = both.expiry(session);

    both.there.save(found);
    assertThat(both.expiry(session)).isEqualTo(refreshed);
    assertThat(both.here.findById(session.getId()).getLastAccessedTime())
        .isEqualTo(session.getLastAccessedTime().plusSeconds(120));
  }

  @Test
  void session_may_get_another_id() {
    SharedSession session = both.login();
    String before = session.getId();

    session.changeSessionId();
    both.here.save(session);

    assertThat(both.there.findById(before)).isNull();
    assertThat(both.there.findById(session.getId()).<Account>getAttribute("account"))
        .isEqualTo(Instances.BRUNO);
  }

  @Test
  void expired_sessions_are_unknown_and_removed() {
    SharedSession expired = both.login();
    SharedSession alive = both.login();
    both.keys.delete(Instances.key(expired));
    both.jdbc.update("update sessions set expires_at = now() where id = ?", expired.getId());

    assertThat(both.there.findById(expired.getId())).isNull();
    both.here.removeExpired();

    assertThat(both.rows(expired)).isZero();
    assertThat(both.rows(alive)).isOne();
  }

  @Test
  void what_is_no_id_of_ours_is_not_looked_for() {
    for (String id : List.of("", "\0", "a'b", "x".repeat(10_000))) {
      assertThat(both.here.findById(id)).isNull();
    }
    assertThat(both.here.findById(UUID.randomUUID().toString())).isNull();
  }

  @Test
  void content_of_other_classes_is_no_session() throws Exception {
    SharedSession session = SharedSession.create(Instances.TIMEOUT);
    session.setAttribute("account", Instances.BRUNO);
    session.setAttribute("uri", new URI("urn:x"));
    assertThat(SessionContent.read(SessionContent.write(session.values()))).isNotNull();

    session.setAttribute("not ours", new HttpHeaders());

    assertThat(SessionContent.read(SessionContent.write(session.values()))).isNull();
    assertThat(SessionContent.read("nonsense".getBytes())).isNull();
  }

  @Test
  void session_put_back_by_a_race_is_forgotten_soon() {
    SharedSession session = both.login();
    both.here.deleteById(session.getId());
    both.keys.opsForValue().set(Instances.key(session), "put after the end");
    both.here.forgetEnded();
    assertThat(both.rows(session)).as("just ended: the race may still be on").isOne();

    both.age(session);
    both.here.forgetEnded();

    assertThat(both.isInRedis(session)).isFalse();
    assertThat(both.rows(session)).isZero();
  }
}
