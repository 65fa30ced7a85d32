package dev.atalaya.it;

import java.util.List;
import java.util.Map;

/** A span as a collector received it; times in nanoseconds since the epoch, ids in hex. */
public record Span(
    String traceId,
    String spanId,
    String parentId,
    String name,
    Kind kind,
    long start,
    long end,
    boolean error,
    Map<String, Object> attributes,
    List<Event> events,
    Map<String, Object> resource) {

  public enum Kind {
    UNSPECIFIED,
    INTERNAL,
    SERVER,
    CLIENT,
    PRODUCER,
    CONSUMER
  }

  /** Something that happened during a span. */
  public record Event(String name, Map<String, Object> attributes) {}

  public boolean isRoot() {
    return parentId.isEmpty();
  }

  public boolean isDatabase() {
    return attributes.containsKey("db.system.name") || attributes.containsKey("db.system");
  }

  public boolean within(Span parent) {
    return start >= parent.start && end <= parent.end;
  }

  /** The attribute's value, integers as Long; null where there is none. */
  public Object get(String key) {
    return attributes.get(key);
  }

  public String text(String key) {
    Object value = attributes.get(key);
    return value == null ? null : value.toString();
  }
}
