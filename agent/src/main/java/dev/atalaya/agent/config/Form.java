package dev.atalaya.agent.config;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How a text becomes a value.
 *
 * <p>Where it is no value, IllegalArgumentException says what is expected. Entries of a list that
 * cannot be read are left out, and told to {@link Doubts}.
 */
interface Form<T> {
  String WITHOUT = "going on without it";

  T read(String text, Doubts doubts);

  /** Hears of what is left out, what would have been right, and what is done instead. */
  interface Doubts {
    void of(String entry, String expected, String instead);
  }

  static Boolean flag(String text, Doubts doubts) {
    if (text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("false")) return false;
    throw new IllegalArgumentException("true or false");
  }

  static Boolean onOff(String text, Doubts doubts) {
    if (text.equalsIgnoreCase("on") || text.equalsIgnoreCase("true")) return true;
    if (text.equalsIgnoreCase("off") || text.equalsIgnoreCase("false")) return false;
    throw new IllegalArgumentException("on or off");
  }

  static Form<Integer> number(int least, int most, String expected) {
    return (text, doubts) -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) return number;
      } catch (NumberFormatException notANumber) {
        // As one out of bounds.
      }
      throw new IllegalArgumentException(expected);
    };
  }

  /** A share of anything: it may be more than the whole. */
  static Double share(String text, Doubts doubts) {
    try {
      boolean percent = text.endsWith("%");
      String digits = percent ? text.substring(0, text.length() - 1).trim() : text;
      double share = Double.parseDouble(digits) / (percent ? 100 : 1);
      if (share > 0 && share <= 100) return share;
    } catch (NumberFormatException notANumber) {
      // As one out of bounds.
    }
    throw new IllegalArgumentException("a share as 25% or 0.25");
  }

  static Form<String> choice(List<String> words) {
    return (text, doubts) -> {
      if (words.contains(text)) return text;
      throw new IllegalArgumentException("one of " + words);
    };
  }

  static String url(String text, Doubts doubts) {
    if (text.isEmpty()) return text;
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      // A word alone is more likely a slip than a host.
      boolean named = text.contains("://") || uri.getPort() >= 0;
      boolean port = uri.getPort() <= 65_535 && uri.getPort() != 0;
      if (http && named && port && uri.getHost() != null) return text;
    } catch (URISyntaxException wrong) {
      // As one without a host.
    }
    throw new IllegalArgumentException("a URL as http://localhost:4318");
  }

  static String traceUrl(String text, Doubts doubts) {
    if (text.isEmpty()) return text;
    if (text.contains("{traceId}")) {
      try {
        return url(text.replace("{traceId}", "0"), doubts).isEmpty() ? "" : text;
      } catch (IllegalArgumentException noUrl) {
        // As one that does not name the trace.
      }
    }
    throw new IllegalArgumentException("a URL with {traceId} in it");
  }

  static Form<Long> nanos(long least) {
    return (text, doubts) -> {
      int digits = 0;
      while (digits < text.length() && Character.isDigit(text.charAt(digits))) digits++;
      String expected = "a duration as 500ms or 2s";
      if (digits == 0 || digits > 12) throw new IllegalArgumentException(expected);
      long amount = Long.parseLong(text.substring(0, digits));
      long unit = unit(text.substring(digits).trim());
      if (amount < least) throw new IllegalArgumentException(expected + ", above 0");
      if (amount > Long.MAX_VALUE / unit) throw new IllegalArgumentException(expected);
      return amount * unit;
    };
  }

  static long unit(String text) {
    switch (text) {
      case "":
      case "ms":
        return 1_000_000;
      case "s":
        return 1_000_000_000;
      case "m":
        return 60_000_000_000L;
      case "h":
        return 3_600_000_000_000L;
      default:
        throw new IllegalArgumentException("a duration as 500ms, 2s, 5m or 1h");
    }
  }

  static List<String> entries(String text, Doubts doubts) {
    List<String> entries = new ArrayList<>();
    for (String entry : text.split(",")) {
      if (!entry.trim().isEmpty()) entries.add(entry.trim());
    }
    return Collections.unmodifiableList(entries);
  }

  static Form<List<String>> entries(String expected, Predicate<String> looks) {
    return (text, doubts) -> {
      List<String> kept = new ArrayList<>();
      for (String entry : entries(text, doubts)) {
        if (looks.test(entry)) kept.add(entry);
        else doubts.of(entry, expected, WITHOUT);
      }
      return Collections.unmodifiableList(kept);
    };
  }

  static Form<List<String>> words(List<String> words) {
    return entries(words.toString(), words::contains);
  }

  static Map<String, String> pairs(String text, Doubts doubts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String entry : entries(text, doubts)) {
      int equals = entry.indexOf('=');
      String name = entry.substring(0, Math.max(0, equals)).trim();
      if (name.isEmpty()) doubts.of(entry, "key=value, comma-separated", WITHOUT);
      else pairs.put(name, decoded(entry, equals + 1, doubts));
    }
    return Collections.unmodifiableMap(pairs);
  }

  static String decoded(String entry, int from, Doubts doubts) {
    String value = entry.substring(from).trim();
    try {
      // A plus is a plus in baggage, not a space.
      return URLDecoder.decode(value.replace("+", "%2B"), "UTF-8");
    } catch (UnsupportedEncodingException | IllegalArgumentException notEncoded) {
      doubts.of(entry, "two hexadecimal digits after %", "taking it as it is");
      return value;
    }
  }

  static Map<String, String> headers(String text, Doubts doubts) {
    Map<String, String> headers = new LinkedHashMap<>();
    pairs(text, doubts)
        .forEach(
            (name, value) -> {
              if (isToken(name) && isVisible(value)) headers.put(name, value);
              else doubts.of(name + "=" + value, "a header as name=value", WITHOUT);
            });
    return Collections.unmodifiableMap(headers);
  }

  /** Whether it is a token of RFC 9110, as names of headers are. */
  static boolean isToken(String name) {
    return name.chars()
        .allMatch(
            c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
  }

  static boolean isVisible(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\t');
  }

  /** {@code com.acme}, {@code com.acme.*}. */
  static boolean isPackage(String name) {
    String plain = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
    return !plain.isEmpty()
        && !plain.startsWith(".")
        && !plain.contains("..")
        && plain.chars().allMatch(c -> c == '.' || Character.isJavaIdentifierPart(c));
  }
}
