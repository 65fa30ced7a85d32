package dev.atalaya.agent.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON (RFC 8259) to and from maps, lists, strings, numbers, booleans and null. */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  // ---- Writing ---------------------------------------------------------------------------------

  /** Anything but the types above is written as its text. */
  public static String write(@Nullable Object value) {
    StringBuilder json = new StringBuilder(256);
    write(value, json);
    return json.toString();
  }

  private static void write(@Nullable Object value, StringBuilder json) {
    if (value instanceof Map) {
      char before = '{';
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        json.append(before);
        quote(String.valueOf(entry.getKey()), json);
        json.append(':');
        write(entry.getValue(), json);
        before = ',';
      }
      json.append(before == '{' ? "{}" : "}");
    } else if (value instanceof Iterable) {
      char before = '[';
      for (Object one : (Iterable<?>) value) {
        json.append(before);
        write(one, json);
        before = ',';
      }
      json.append(before == '[' ? "[]" : "]");
    } else if (value == null || value instanceof Boolean || isFinite(value)) {
      json.append(value == null ? "null" : text(value));
    } else {
      quote(String.valueOf(value), json);
    }
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number
        && !Double.isNaN(((Number) value).doubleValue())
        && !Double.isInfinite(((Number) value).doubleValue());
  }

  private static void quote(String value, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') json.append('\\').append(c);
      else if (c >= ' ' && c < 0x7F) json.append(c);
      else if (c == '\n') json.append("\\n");
      else if (c == '\r') json.append("\\r");
      else if (c == '\t') json.append("\\t");
      else if (isUnseen(c)) json.append(String.format("\\u%04x", (int) c));
      else json.append(c);
    }
    json.append('"');
  }

  /** What would steer a terminal, or a reader's eye, if it stood there as it is. */
  private static boolean isUnseen(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }

  /** The text of a value; of a whole number without {@code .0}. */
  public static String text(Object value) {
    String text = value.toString();
    boolean whole = value instanceof Number && text.endsWith(".0");
    return whole ? text.substring(0, text.length() - 2) : text;
  }

  // ---- Reading ---------------------------------------------------------------------------------

  /** Numbers become Double. Throws IllegalArgumentException for what is no JSON. */
  public static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.space();
    if (json.at < text.length()) throw json.malformed();
    return value;
  }

  private @Nullable Object value(int depth) {
    space();
    if (depth > MAX_DEPTH || at >= text.length()) throw malformed();
    char first = text.charAt(at);
    if (first == '{') return object(depth);
    if (first == '[') return array(depth);
    if (first == '"') return string();
    if (literal("true")) return true;
    if (literal("false")) return false;
    if (literal("null")) return null;
    return number();
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    at++;
    if (skip('}')) return object;
    do {
      space();
      String key = string();
      if (!skip(':')) throw malformed();
      object.put(key, value(depth + 1));
    } while (skip(','));
    if (!skip('}')) throw malformed();
    return object;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> array = new ArrayList<>();
    at++;
    if (skip(']')) return array;
    do {
      array.add(value(depth + 1));
    } while (skip(','));
    if (!skip(']')) throw malformed();
    return array;
  }

  private String string() {
    if (at >= text.length() || text.charAt(at) != '"') throw malformed();
    StringBuilder string = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return string.toString();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw malformed();
  }

  private char escaped() {
    if (++at >= text.length()) throw malformed();
    char c = text.charAt(at);
    int known = "bfnrt".indexOf(c);
    if (known >= 0) return "\b\f\n\r\t".charAt(known);
    if (c != 'u') return c;
    if (at + 4 >= text.length()) throw malformed();
    String digits = text.substring(at + 1, at + 5);
    at += 4;
    if (!digits.matches("[0-9a-fA-F]{4}")) throw malformed();
    return (char) Integer.parseInt(digits, 16);
  }

  private Double number() {
    int from = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) at++;
    try {
      return Double.valueOf(text.substring(from, at));
    } catch (NumberFormatException none) {
      throw malformed();
    }
  }

  private boolean literal(String word) {
    if (!text.startsWith(word, at)) return false;
    at += word.length();
    return true;
  }

  private boolean skip(char expected) {
    space();
    if (at >= text.length() || text.charAt(at) != expected) return false;
    at++;
    return true;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("malformed JSON at character " + at);
  }
}
