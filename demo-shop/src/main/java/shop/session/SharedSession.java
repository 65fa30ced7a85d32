package shop.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.session.MapSession;
import org.springframework.session.Session;

/** A session that knows whether it has to be written. */
final class SharedSession implements Session {
  private final MapSession values;
  private @Nullable String storedId;
  private Instant storedAccess;
  private boolean changed;

  private SharedSession(MapSession values, @Nullable String storedId) {
    this.values = values;
    this.storedId = storedId;
    this.storedAccess = values.getLastAccessedTime();
  }

  static SharedSession create(Duration timeout) {
    MapSession values = new MapSession();
    values.setMaxInactiveInterval(timeout);
    return new SharedSession(values, null);
  }

  static SharedSession stored(MapSession values) {
    return new SharedSession(values, values.getId());
  }

  MapSession values() {
    return values;
  }

  /** The id under which others may find it, null where nobody can yet. */
  @Nullable String storedId() {
    return storedId;
  }

  /** Whether others have to know more than that the visitor was seen again. */
  boolean isChanged() {
    return changed || !getId().equals(storedId);
  }

  /** Whether it was last written so long ago. */
  boolean isStale(Duration age) {
    return !getLastAccessedTime().isBefore(storedAccess.plus(age));
  }

  void markStored() {
    storedId = getId();
    storedAccess = getLastAccessedTime();
    changed = false;
  }

  @Override
  public String getId() {
    return values.getId();
  }

  @Override
  public String changeSessionId() {
    return values.changeSessionId();
  }

  @Override
  public <T> @Nullable T getAttribute(String name) {
    return values.getAttribute(name);
  }

  @Override
  public Set<String> getAttributeNames() {
    return values.getAttributeNames();
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    values.setAttribute(name, value);
    changed = true;
  }

  @Override
  public void removeAttribute(String name) {
    values.removeAttribute(name);
    changed = true;
  }

  @Override
  public Instant getCreationTime() {
    return values.getCreationTime();
  }

  @Override
  public void setLastAccessedTime(Instant time) {
    values.setLastAccessedTime(time);
  }

  @Override
  public Instant getLastAccessedTime() {
    return values.getLastAccessedTime();
  }

  @Override
  public void setMaxInactiveInterval(Duration interval) {
    values.setMaxInactiveInterval(interval);
    changed = true;
  }

  @Override
  public Duration getMaxInactiveInterval() {
    return values.getMaxInactiveInterval();
  }

  @Override
  public boolean isExpired() {
    return values.isExpired();
  }
}
