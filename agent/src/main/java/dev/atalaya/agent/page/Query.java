package dev.atalaya.agent.page;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is asked for: one thing by its id, or those that the parameters say. */
public final class Query {
  /** No id, no parameters. */
  public static final Query ALL = new Query("", new LinkedHashMap<>());

  private final String id;
  private final Map<String, String> parameters;
  private final String note;

  private Query(String id, Map<String, String> parameters) {
    this(id, parameters, "");
  }

  private Query(String id, Map<String, String> parameters, String note) {
    this.id = id;
    this.parameters = parameters;
    this.note = note;
  }

  /**
   * {@code id} and {@code query} as a URL has them, empty for none; of a parameter that stands
   * twice the first counts. Throws IllegalArgumentException for what can't be decoded.
   */
  public static Query of(String id, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (equals < 1) continue;
      parameters.putIfAbsent(
          decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)).trim());
    }
    return new Query(decoded(id), parameters);
  }

  /** Of several things. */
  public static Query of(Map<String, String> parameters) {
    return new Query("", new LinkedHashMap<>(parameters));
  }

  /** Empty where no single thing is asked for. */
  public String id() {
    return id;
  }

  /** The same parameters, of one thing. */
  public Query of(String thing) {
    return new Query(thing, parameters);
  }

  /** The same, with what was wrong with it; no URL has that. */
  public Query noted(String wrong) {
    return new Query(id, parameters, wrong);
  }

  /** Empty where nothing was wrong. */
  String note() {
    return note;
  }

  /** Empty where it is not given. */
  public String text(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /** {@code fallback} where it is not given, or is no whole number from 0 to {@code most}. */
  public int number(String parameter, int fallback, int most) {
    try {
      int given = Integer.parseInt(text(parameter));
      return given >= 0 && given <= most ? given : fallback;
    } catch (NumberFormatException none) {
      return fallback;
    }
  }

  /**
   * As the end of a link, with some parameters changed: names and values in turn, an empty value
   * leaves its parameter out.
   */
  public String with(String... changes) {
    Map<String, String> changed = new LinkedHashMap<>(parameters);
    for (int i = 0; i < changes.length; i += 2) changed.put(changes[i], changes[i + 1]);
    StringBuilder link = new StringBuilder();
    changed.forEach(
        (key, given) -> {
          if (given.isEmpty()) return;
          link.append(link.length() == 0 ? '?' : '&').append(encoded(key));
          link.append('=').append(encoded(given));
        });
    return link.length() == 0 ? "?" : link.toString();
  }

  static String encoded(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (UnsupportedEncodingException never) {
      throw new IllegalStateException(never);
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, "UTF-8");
    } catch (UnsupportedEncodingException never) {
      throw new IllegalStateException(never);
    }
  }
}
