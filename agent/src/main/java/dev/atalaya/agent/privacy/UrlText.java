package dev.atalaya.agent.privacy;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** URLs without what is private or differs from call to call. */
public final class UrlText {
  private static final String REDACTED = "REDACTED";
  private static final int LONGEST_TEMPLATE = 255;

  /** A URL in a parameter of a URL, and so on: deeper than that all of it is a secret. */
  private static final int DEEPEST = 3;

  private UrlText() {}

  /** {@code /orders/123/items} reads {@code /orders/{}/items}; a query is left out. */
  public static String template(String path) {
    int end = path.length();
    for (int i = 0; i < end; i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#') end = i;
    }
    StringBuilder out = new StringBuilder(Math.min(end + 8, LONGEST_TEMPLATE));
    Segment.fold(path.substring(0, end), out, LONGEST_TEMPLATE);
    return out.toString();
  }

  /** {@code /a;x=1/b} reads {@code /a/b}. */
  public static String withoutParameters(String path) {
    StringBuilder out = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/' || c == ';') parameter = c == ';';
      if (!parameter) out.append(c);
    }
    return out.toString();
  }

  /** A path for {@code url.path}: what looks like a secret is left out of its variable parts. */
  public static String redactPath(String path, String route) {
    if (path.equals(route) || !appendPath(path, 0, path.length(), route, null)) return path;
    StringBuilder out = new StringBuilder(path.length() + 16);
    appendPath(path, 0, path.length(), route, out);
    return out.toString();
  }

  /**
   * A URL for {@code url.full}: without credentials, without the values of secret keys and what
   * else looks like a secret.
   */
  public static String redact(String url) {
    return redact(url, 0);
  }

  private static String redact(String url, int depth) {
    StringBuilder out = new StringBuilder(url.length() + 16);
    int path = appendAuthority(url, depth > 0, out);
    int fragment = url.indexOf('#', path);
    if (fragment < 0) fragment = url.length();
    int query = url.indexOf('?', path);
    if (query < 0 || query > fragment) query = fragment;
    appendPath(url, path, query, "", out);
    if (query < fragment) {
      out.append('?');
      appendQuery(url, query + 1, fragment, depth, out);
    }
    if (fragment < url.length()) {
      out.append('#');
      appendQuery(url, fragment + 1, url.length(), depth, out);
    }
    return out.toString();
  }

  /** A query, without its question mark, with {@code REDACTED} for the values of secret keys. */
  public static String redactQuery(String query) {
    StringBuilder out = new StringBuilder(query.length() + 16);
    appendQuery(query, 0, query.length(), 0, out);
    return out.toString();
  }

  /** A text in which words, paths among them, may hold secrets: those are left out. */
  public static String redactWords(String text) {
    if (!Secrets.in(text, 0, text.length())) return text;
    StringBuilder out = new StringBuilder(text.length());
    for (String word : text.split(" ", -1)) {
      if (out.length() > 0) out.append(' ');
      out.append(redact(word));
    }
    return out.toString();
  }

  /** The names of a query's parameters, each once, in order, joined by {@code &}. */
  public static String sortedQueryNames(@Nullable String query) {
    if (query == null || query.isEmpty()) return "";
    TreeSet<String> names = new TreeSet<>();
    int start = 0;
    for (int i = 0; i <= query.length(); i++) {
      if (i < query.length() && query.charAt(i) != '&' && query.charAt(i) != ';') continue;
      int end = query.indexOf('=', start);
      if (end < 0 || end > i) end = i;
      if (end > start) names.add(template(query.substring(start, Math.min(end, start + 300))));
      start = i + 1;
    }
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      if (out.length() + name.length() > LONGEST_TEMPLATE) break;
      if (out.length() > 0) out.append('&');
      out.append(name);
    }
    return out.toString();
  }

  /** Appends what comes before the path and returns where that begins. */
  private static int appendAuthority(String url, boolean nested, StringBuilder out) {
    int slashes = url.indexOf("//");
    if (slashes < 0 || slashes > 0 && !isScheme(url, slashes)) return 0;
    int authority = slashes + 2;
    int path = authority;
    int at = -1;
    for (; path < url.length(); path++) {
      char c = url.charAt(path);
      if (c == '/' || c == '?' || c == '#') break;
      if (c == '@') at = path;
    }
    out.append(url, 0, authority);
    if (at >= 0) out.append("REDACTED:REDACTED@");
    int host = at >= 0 ? at + 1 : authority;
    // A parameter's value may look like a URL and be none; a container's host name looks random.
    if (nested && Secrets.in(url, host, path)) out.append(REDACTED);
    else out.append(url, host, path);
    return path;
  }

  /** Letters, and a colon at its end. */
  private static boolean isScheme(String url, int end) {
    for (int i = 0; i < end - 1; i++) {
      char c = url.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') return false;
    }
    return end > 1 && url.charAt(end - 1) == ':';
  }

  /**
   * Appends the path segment by segment, compared with the route for as long as that matches: what
   * the route spells out is no secret. Returns whether something is left out; writes nothing where
   * {@code out} is null.
   */
  private static boolean appendPath(
      String url, int start, int end, String route, @Nullable StringBuilder out) {
    boolean redacted = false;
    boolean afterName = false;
    int along = 0; // where the route's segment begins; -1 once it does not match
    for (int i = start; i <= end; i++) {
      int stop = segmentEnd(url, i, end);
      int plain = url.indexOf(';', i);
      if (plain < 0 || plain > stop) plain = stop;
      int routeStop = along < 0 ? 0 : segmentEnd(route, along, route.length());
      boolean spelled = along >= 0 && isSame(url, i, plain, route, along, routeStop);
      boolean variable = !spelled && along >= 0 && isVariable(route, along, routeStop);
      boolean secret =
          !spelled
              && (variable && Secrets.isName(route, along, routeStop)
                  || isSecret(url, i, plain, afterName));
      redacted |= secret || plain < stop;
      if (out != null) {
        if (secret && i < plain) out.append(REDACTED);
        else out.append(url, i, plain);
        appendParameters(url, plain, stop, out);
        if (stop < end) out.append('/');
      }
      if (stop > i) afterName = Secrets.precede(url, i, plain);
      along = (spelled || variable) && routeStop < route.length() ? routeStop + 1 : -1;
      i = stop;
    }
    return redacted;
  }

  private static int segmentEnd(String text, int start, int end) {
    int slash = text.indexOf('/', start);
    return slash < 0 || slash > end ? end : slash;
  }

  private static boolean isSame(
      String text, int start, int end, String other, int otherStart, int otherEnd) {
    return end - start == otherEnd - otherStart
        && text.regionMatches(start, other, otherStart, end - start);
  }

  /** {@code {id}}, {@code :id}, {@code *.pdf}; what {@code **} matches ends nobody knows where. */
  private static boolean isVariable(String route, int start, int end) {
    if (start == end || route.startsWith("**", start)) return false;
    for (int i = start; i < end; i++) {
      char c = route.charAt(i);
      if (c == '{' || c == '*' || c == ':' && i == start) return true;
    }
    return false;
  }

  private static boolean isSecret(String text, int start, int end, boolean afterName) {
    if (start >= end) return false;
    if (isEncoded(text, start, end)) {
      String decoded = decoded(text, start, end);
      return isEncoded(decoded, 0, decoded.length()) && decoded.length() > 128
          || isPlainSecret(decoded, 0, decoded.length(), afterName);
    }
    return isPlainSecret(text, start, end, afterName);
  }

  private static boolean isPlainSecret(String text, int start, int end, boolean afterName) {
    for (int i = start + 1; i < end; i++) {
      if (text.charAt(i) == '=' && Secrets.isName(text, start, i)) return true;
    }
    return afterName && !isWord(text, start, end) || Secrets.in(text, start, end);
  }

  /** A word in small letters, or a number that is too short to be a secret. */
  private static boolean isWord(String text, int start, int end) {
    boolean digits = true;
    boolean letters = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      digits &= c >= '0' && c <= '9';
      letters &= Character.isLowerCase(c) || c == '-' || c == '_';
    }
    return letters || digits && end - start < 4;
  }

  /** Parameters of a path, {@code ;jsessionid=8A51}, may be secrets too. */
  private static void appendParameters(String url, int start, int end, StringBuilder out) {
    int i = start;
    while (i < end) {
      out.append(';');
      int stop = url.indexOf(';', i + 1);
      if (stop < 0 || stop > end) stop = end;
      appendParameter(url, i + 1, stop, 0, out);
      i = stop;
    }
  }

  private static void appendQuery(String text, int start, int end, int depth, StringBuilder out) {
    int begin = start;
    for (int i = start; i <= end; i++) {
      if (i < end && text.charAt(i) != '&' && text.charAt(i) != ';') continue;
      appendParameter(text, begin, i, depth, out);
      if (i < end) out.append(text.charAt(i));
      begin = i + 1;
    }
  }

  private static void appendParameter(
      String text, int start, int end, int depth, StringBuilder out) {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      // No name: a value like any other. ?8f14e45fceea167a is as good as a token.
      String value = text.substring(start, end);
      boolean secret = template(value).contains("{}") || isPrivate(value);
      out.append(secret ? REDACTED : value);
      return;
    }
    out.append(text, start, equals + 1);
    if (equals + 1 == end) return;
    if (isSecretName(text, start, equals)) out.append(REDACTED);
    else appendValue(text.substring(equals + 1, end), depth, out);
  }

  private static boolean isSecretName(String text, int start, int end) {
    if (!isEncoded(text, start, end)) return Secrets.isName(text, start, end);
    String decoded = decoded(text, start, end);
    return Secrets.isName(decoded, 0, decoded.length());
  }

  private static void appendValue(String value, int depth, StringBuilder out) {
    boolean isEncoded = isEncoded(value, 0, value.length());
    String decoded = isEncoded ? decoded(value, 0, value.length()) : value;
    if (!isNested(decoded)) {
      out.append(isPrivate(decoded) ? REDACTED : value);
      return;
    }
    String inner = depth < DEEPEST ? redact(decoded, depth + 1) : REDACTED;
    if (inner.equals(decoded)) out.append(value);
    else out.append(isEncoded ? encoded(inner) : inner);
  }

  private static boolean isPrivate(String value) {
    String decoded =
        isEncoded(value, 0, value.length()) ? decoded(value, 0, value.length()) : value;
    return decoded.indexOf('@') >= 0 || Secrets.in(decoded, 0, decoded.length());
  }

  /** A URL, or the query of one; the sign at the end is base64's. */
  private static boolean isNested(String value) {
    int equals = value.indexOf('=');
    return value.startsWith("/")
        || value.contains("://")
        || equals > 0 && equals < value.length() - 2;
  }

  private static boolean isEncoded(String text, int start, int end) {
    int percent = text.indexOf('%', start);
    return percent >= 0 && percent < end;
  }

  /** Also what was encoded twice. */
  private static String decoded(String text, int start, int end) {
    String decoded = text.substring(start, end);
    for (int round = 0; round < DEEPEST && decoded.indexOf('%') >= 0; round++) {
      StringBuilder out = new StringBuilder(decoded.length());
      for (int i = 0; i < decoded.length(); i++) {
        char c = decoded.charAt(i);
        int high = c == '%' && i + 2 < decoded.length() ? hex(decoded, i + 1) : -1;
        int low = high < 0 ? -1 : hex(decoded, i + 2);
        if (low >= 0) i += 2;
        out.append(low >= 0 ? (char) (high * 16 + low) : c);
      }
      if (out.length() == decoded.length()) break;
      decoded = out.toString();
    }
    return decoded;
  }

  private static int hex(String text, int at) {
    return Character.digit(text.charAt(at), 16);
  }

  private static String encoded(String text) {
    try {
      return URLEncoder.encode(text, "UTF-8");
    } catch (UnsupportedEncodingException impossible) {
      return REDACTED;
    }
  }
}
