package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value that is small enough: long texts and lists lose their ends, and say how much that is. */
final class Shortened {
  /** Ever fewer characters of a text, and entries of a list; of an object, ten times as many. */
  private static final int[][] STEPS = {{4_000, 200}, {1_500, 40}, {400, 12}, {120, 5}, {60, 2}};

  private final int characters;
  private final int entries;

  private Shortened(int[] step) {
    characters = step[0];
    entries = step[1];
  }

  /** As little shorter as it takes to be sent in {@code bytes}. */
  static @Nullable Object fit(@Nullable Object value, int bytes) {
    for (int[] step : STEPS) {
      Object shorter = new Shortened(step).of(value);
      if (bytes(shorter) <= bytes) return shorter;
    }
    return "too large to be shown";
  }

  /** As it is sent: JSON in a text of JSON. */
  static int bytes(@Nullable Object value) {
    return Json.write(Json.write(value)).getBytes(StandardCharsets.UTF_8).length;
  }

  private @Nullable Object of(@Nullable Object value) {
    if (value instanceof Map) return map((Map<?, ?>) value);
    if (value instanceof Iterable) return list((Iterable<?>) value);
    if (value == null || value instanceof Number || value instanceof Boolean) return value;
    return text(value.toString());
  }

  private Map<String, @Nullable Object> map(Map<?, ?> whole) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : whole.entrySet()) {
      if (map.size() == 10 * entries) {
        map.put("left_out", whole.size() - map.size());
        break;
      }
      map.put(text(String.valueOf(entry.getKey())), of(entry.getValue()));
    }
    return map;
  }

  private List<@Nullable Object> list(Iterable<?> whole) {
    List<@Nullable Object> list = new ArrayList<>();
    int more = 0;
    for (Object one : whole) {
      if (list.size() < entries) list.add(of(one));
      else more++;
    }
    if (more > 0) list.add("and " + more + " more");
    return list;
  }

  private String text(String whole) {
    if (whole.length() <= characters) return whole;
    int more = whole.length() - characters;
    return whole.substring(0, characters) + "... (" + more + " characters more)";
  }
}
