package dev.atalaya.agent.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * One setting: its key, its default as a user would write it, how its text becomes a value, whether
 * a change of the file changes it in a running JVM, and the sentence that explains it.
 */
public final class Option<T> {
  private final String key;
  private final String defaultText;
  private final boolean live;
  private final String sentence;
  private final Function<String, T> parse;

  private Option(
      String key, String defaultText, boolean live, String sentence, Function<String, T> parse) {
    this.key = key;
    this.defaultText = defaultText;
    this.live = live;
    this.sentence = sentence;
    this.parse = parse;
  }

  static Option<String> text(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, text -> text);
  }

  static Option<Boolean> flag(String key, boolean defaultValue, String sentence) {
    return new Option<>(key, String.valueOf(defaultValue), false, sentence, Option::flag);
  }

  static Option<Boolean> onOff(String key, boolean defaultValue, String sentence) {
    return new Option<>(key, defaultValue ? "on" : "off", false, sentence, Option::onOff);
  }

  static Option<Integer> number(String key, int defaultValue, String sentence) {
    return number(key, defaultValue, 1, Integer.MAX_VALUE, "a number from 1", sentence);
  }

  static Option<Integer> port(String key, int defaultValue, String sentence) {
    return number(key, defaultValue, 0, 65_535, "a number from 0 to 65535", sentence);
  }

  private static Option<Integer> number(
      String key, int defaultValue, int least, int most, String expected, String sentence) {
    return new Option<>(
        key,
        String.valueOf(defaultValue),
        false,
        sentence,
        text -> {
          try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) return number;
          } catch (NumberFormatException notANumber) {
            // As one out of bounds.
          }
          throw new IllegalArgumentException(expected);
        });
  }

  /** The text of an http or https URL with a host, or {@code host:port}; or empty. */
  static Option<String> url(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Option::url);
  }

  /** Nanoseconds, written {@code 500ms}, {@code 2s}, {@code 5m}, {@code 1h}; bare is ms. */
  static Option<Long> duration(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Option::nanos);
  }

  /** Comma-separated; blanks around entries go. */
  static Option<List<String>> list(String key, String defaultText, String sentence) {
    return new Option<>(key, defaultText, false, sentence, Option::entries);
  }

  /** Comma-separated {@code key=value}; values may be percent-encoded as in W3C Baggage. */
  static Option<Map<String, String>> map(String key, String sentence) {
    return new Option<>(key, "", false, sentence, Option::pairs);
  }

  /** One of the words given; others are refused. */
  static Option<String> choice(String key, String defaultText, String sentence, String... words) {
    List<String> allowed = java.util.Arrays.asList(words);
    return new Option<>(
        key,
        defaultText,
        false,
        sentence,
        text -> {
          if (allowed.contains(text)) return text;
          throw new IllegalArgumentException("one of " + allowed);
        });
  }

  Option<T> live() {
    return new Option<>(key, defaultText, true, sentence, parse);
  }

  public String key() {
    return key;
  }

  public String defaultText() {
    return defaultText;
  }

  public boolean isLive() {
    return live;
  }

  public String sentence() {
    return sentence;
  }

  /** {@code A_B_C} for {@code a.b_c} or {@code a.b-c}. */
  public String variable() {
    return variable(key);
  }

  static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Throws IllegalArgumentException, with what is expected, where the text is no value. */
  T value(String text) {
    return parse.apply(text.trim());
  }

  private static Boolean flag(String text) {
    if (text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("false")) return false;
    throw new IllegalArgumentException("true or false");
  }

  private static Boolean onOff(String text) {
    if (text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false")) return false;
    throw new IllegalArgumentException("on or off");
  }

  private static String url(String text) {
    if (text.isEmpty()) return text;
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      // A word alone is more likely a slip than a host.
      boolean named = text.contains("://") || uri.getPort() >= 0;
      if (http && named && uri.getHost() != null) return text;
    } catch (URISyntaxException wrong) {
      // As one without a host.
    }
    throw new IllegalArgumentException("a URL as http://localhost:4318");
  }

  private static Long nanos(String text) {
    int digits = 0;
    while (digits < text.length() && (Character.isDigit(text.charAt(digits)))) digits++;
    if (digits == 0 || digits > 12) throw new IllegalArgumentException("a duration as 500ms or 2s");
    long amount = Long.parseLong(text.substring(0, digits));
    switch (text.substring(digits).trim()) {
      case "":
      case "ms":
        return amount * 1_000_000;
      case "s":
        return amount * 1_000_000_000;
      case "m":
        return amount * 60_000_000_000L;
      case "h":
        return amount * 3_600_000_000_000L;
      default:
        throw new IllegalArgumentException("a duration as 500ms, 2s, 5m or 1h");
    }
  }

  private static List<String> entries(String text) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split(",")) {
      if (!entry.trim().isEmpty()) entries.add(entry.trim());
    }
    return Collections.unmodifiableList(entries);
  }

  private static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String entry : entries(text)) {
      int equals = entry.indexOf('=');
      if (equals < 1) throw new IllegalArgumentException("key=value, comma-separated");
      pairs.put(entry.substring(0, equals).trim(), decoded(entry.substring(equals + 1).trim()));
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static String decoded(String value) {
    try {
      // A plus is a plus in baggage, not a space.
      return java.net.URLDecoder.decode(value.replace("+", "%2B"), "UTF-8");
    } catch (java.io.UnsupportedEncodingException | IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
