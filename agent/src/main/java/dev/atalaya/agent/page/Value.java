package dev.atalaya.agent.page;

import dev.atalaya.agent.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value as JSON has it, to be read without looking first: what is absent is empty. */
public final class Value {
  private final @Nullable Object value;

  public Value(@Nullable Object value) {
    this.value = value;
  }

  /** As it was given. */
  public @Nullable Object json() {
    return value;
  }

  public boolean isAbsent() {
    return value == null
        || value instanceof Map && ((Map<?, ?>) value).isEmpty()
        || value instanceof List && ((List<?>) value).isEmpty();
  }

  public Value at(String key) {
    return new Value(value instanceof Map ? ((Map<?, ?>) value).get(key) : null);
  }

  /** Those of a list. */
  public List<Value> all() {
    List<Value> all = new ArrayList<>();
    if (value instanceof Iterable) for (Object one : (Iterable<?>) value) all.add(new Value(one));
    return all;
  }

  public List<Value> all(String key) {
    return at(key).all();
  }

  /** Those of an object, as they stand there. */
  Map<String, Value> entries() {
    Map<String, Value> entries = new LinkedHashMap<>();
    if (value instanceof Map) {
      ((Map<?, ?>) value).forEach((key, one) -> entries.put(String.valueOf(key), new Value(one)));
    }
    return entries;
  }

  public String text() {
    return value == null ? "" : Json.text(value);
  }

  public String text(String key) {
    return at(key).text();
  }

  /** 0 where it is none. */
  public double number() {
    return value instanceof Number ? ((Number) value).doubleValue() : 0;
  }

  public double number(String key) {
    return at(key).number();
  }

  public boolean is(String key) {
    return Boolean.TRUE.equals(at(key).value);
  }
}
