package dev.atalaya.agent.trace;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An attribute's value as it is kept: made on the application's thread of what the application
 * gave, so that none of its objects is held, or asked for its text, later and elsewhere.
 */
final class Plain {
  private static final int MOST_ELEMENTS = 1_000;

  private Plain() {}

  static Object of(Object value) {
    if (isPlain(value)) return value;
    try {
      if (value instanceof Collection) return elements((Collection<?>) value);
      if (value.getClass().isArray()) return elements(value);
      return String.valueOf(value);
    } catch (Throwable unreadable) {
      return value.getClass().getName();
    }
  }

  private static boolean isPlain(Object value) {
    return value instanceof String
        || value instanceof Boolean
        || value instanceof Throwable
        || (value instanceof Number && value.getClass().getName().startsWith("java.lang."));
  }

  private static List<Object> elements(Collection<?> values) {
    List<Object> plain = new ArrayList<>();
    for (Object element : values) {
      if (plain.size() == MOST_ELEMENTS) break;
      plain.add(element(element));
    }
    return plain;
  }

  private static List<Object> elements(Object array) {
    int length = Math.min(MOST_ELEMENTS, Array.getLength(array));
    List<Object> plain = new ArrayList<>(length);
    for (int i = 0; i < length; i++) plain.add(element(Array.get(array, i)));
    return plain;
  }

  private static Object element(Object value) {
    return value != null && isPlain(value) ? value : String.valueOf(value);
  }
}
