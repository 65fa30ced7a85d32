package dev.atalaya.agent.trace;

import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** URLs without what is private or differs from call to call. */
public final class UrlText {
  private static final String REDACTED = "REDACTED";
  private static final int LONGEST_TEMPLATE = 255;

  /**
   * Parts of the names whose values are secrets, in lower case without punctuation. Holds semantic
   * conventions' AWSAccessKeyId, Signature, X-Goog-Signature (HTTP spans, url.full).
   */
  private static final String[] SECRET = {
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "key",
    "auth",
    "session",
    "card",
    "signature",
    "credential",
    "jwt",
    "assertion"
  };

  private static final String[] SECRET_NAMES = {
    "pass", "sig", "sid", "pin", "cvv", "cvc", "otp", "ssn", "iban", "code"
  };

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
  static String withoutParameters(String path) {
    StringBuilder out = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/' || c == ';') parameter = c == ';';
      if (!parameter) out.append(c);
    }
    return out.toString();
  }

  /** A URL for {@code url.full}: without credentials, and without the values of secret keys. */
  public static String redact(String url) {
    StringBuilder out = new StringBuilder(url.length() + 16);
    int path = appendAuthority(url, out);
    int fragment = url.indexOf('#', path);
    if (fragment < 0) fragment = url.length();
    int query = url.indexOf('?', path);
    if (query < 0 || query > fragment) query = fragment;
    appendPath(url, path, query, out);
    if (query < fragment) {
      out.append('?');
      appendQuery(url, query + 1, fragment, out);
    }
    if (fragment < url.length()) {
      out.append('#');
      appendQuery(url, fragment + 1, url.length(), out);
    }
    return out.toString();
  }

  /** A query, without its question mark, with {@code REDACTED} for the values of secret keys. */
  public static String redactQuery(String query) {
    StringBuilder out = new StringBuilder(query.length() + 16);
    appendQuery(query, 0, query.length(), out);
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
  private static int appendAuthority(String url, StringBuilder out) {
    int slashes = url.indexOf("//");
    if (slashes < 0 || slashes > 0 && url.charAt(slashes - 1) != ':') return 0;
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
    out.append(url, at >= 0 ? at + 1 : authority, path);
    return path;
  }

  /** Parameters of a path, {@code ;jsessionid=8A51}, may be secrets too. */
  private static void appendPath(String url, int start, int end, StringBuilder out) {
    int i = start;
    while (i < end) {
      char c = url.charAt(i);
      out.append(c);
      i++;
      if (c != ';') continue;
      int stop = i;
      while (stop < end && url.charAt(stop) != '/' && url.charAt(stop) != ';') stop++;
      appendParameter(url, i, stop, out);
      i = stop;
    }
  }

  private static void appendQuery(String text, int start, int end, StringBuilder out) {
    int begin = start;
    for (int i = start; i <= end; i++) {
      if (i < end && text.charAt(i) != '&' && text.charAt(i) != ';') continue;
      appendParameter(text, begin, i, out);
      if (i < end) out.append(text.charAt(i));
      begin = i + 1;
    }
  }

  private static void appendParameter(String text, int start, int end, StringBuilder out) {
    int equals = text.indexOf('=', start);
    if (equals < 0 || equals >= end) {
      // No name: a value like any other. ?8f14e45fceea167a is as good as a token.
      String value = text.substring(start, end);
      out.append(template(value).contains("{}") ? REDACTED : value);
      return;
    }
    out.append(text, start, equals + 1);
    if (equals + 1 == end) return;
    if (secret(text, start, equals) || mail(text, equals + 1, end)) out.append(REDACTED);
    else out.append(text, equals + 1, end);
  }

  private static boolean secret(String text, int start, int end) {
    if (end - start > 128) return true;
    StringBuilder plain = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < end) {
        int code = Character.digit(text.charAt(i + 1), 16) * 16;
        int low = Character.digit(text.charAt(i + 2), 16);
        if (code >= 0 && low >= 0) {
          c = (char) (code + low);
          i += 2;
        }
      }
      if (Character.isLetterOrDigit(c)) plain.append(c);
    }
    String name = plain.toString().toLowerCase(Locale.ROOT);
    for (String part : SECRET) if (name.contains(part)) return true;
    for (String known : SECRET_NAMES) if (name.equals(known)) return true;
    return false;
  }

  private static boolean mail(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '@' || c == '%' && text.startsWith("40", i + 1)) return true;
    }
    return false;
  }
}
