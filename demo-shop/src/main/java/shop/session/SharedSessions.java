package shop.session;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;

/**
 * Sessions that every instance knows and that survive the loss of Redis.
 *
 * <p>Each is written to the table, then to Redis; read from Redis, and from the table what Redis
 * does not know, which then knows it again. What goes wrong there is nobody's error.
 *
 * <p>A request that only shows that the visitor is still there costs one GET. That the session
 * lives on is written once in {@link #REFRESH}; so that nobody is logged out early for it, both
 * keep a session that much longer than it may be idle.
 *
 * <p>A session that ended must not come back: from a Redis that was out of reach meanwhile and has
 * kept it, or from another request that read the row just before and put it into Redis just after.
 * Its row stays until Redis was told again, some seconds later.
 */
final class SharedSessions implements SessionRepository<SharedSession> {
  static final Duration REFRESH = Duration.ofMinutes(2);
  private static final Duration REST = Duration.ofSeconds(2);

  /** What Spring Session makes; a cookie may hold anything. */
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final SessionTable table;
  private final RedisSessions redis;
  private final Duration timeout;

  SharedSessions(SessionTable table, RedisSessions redis, Duration timeout) {
    this.table = table;
    this.redis = redis;
    this.timeout = timeout;
  }

  @Override
  public SharedSession createSession() {
    return SharedSession.create(timeout);
  }

  @Override
  public @Nullable SharedSession findById(String id) {
    if (!ID.matcher(id).matches()) {
      return null;
    }
    SharedSession known = OneLookup.of(id);
    if (known != null) {
      return known;
    }
    byte[] content = redis.find(id);
    if (content == null) {
      content = table.find(id);
      if (content == null) {
        return null;
      }
      redis.put(id, content, life());
    }
    MapSession values = SessionContent.read(content);
    SharedSession session = values == null ? null : SharedSession.stored(values);
    OneLookup.remember(id, session);
    return session;
  }

  @Override
  public void save(SharedSession session) {
    if (!session.isChanged() && !session.isStale(REFRESH)) {
      return;
    }
    String id = session.getId();
    String storedId = session.storedId();
    byte[] content = SessionContent.write(session.values());
    if (id.equals(storedId)) {
      if (!table.update(id, content, life())) {
        return;
      }
    } else {
      if (storedId != null) {
        deleteById(storedId);
      }
      table.insert(id, content, life());
    }
    redis.put(id, content, life());
    session.markStored();
  }

  @Override
  public void deleteById(String id) {
    OneLookup.remember(id, null);
    table.end(id);
    redis.remove(List.of(id));
  }

  @Scheduled(initialDelay = 5_000, fixedDelay = 5_000)
  void forgetEnded() {
    List<String> ended = table.ended(REST);
    if (!ended.isEmpty() && redis.remove(ended)) {
      table.remove(ended);
    }
  }

  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void removeExpired() {
    table.removeExpired();
  }

  private Duration life() {
    return timeout.plus(REFRESH);
  }
}
