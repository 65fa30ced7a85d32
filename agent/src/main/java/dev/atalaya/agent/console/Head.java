package dev.atalaya.agent.console;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's line and headers, read as strictly as RFC 9112 has them: what two readers could
 * understand differently is refused.
 */
final class Head {
  private static final String TOKEN = "!#$%&'*+-.^_`|~";
  private static final String HOST = "-._~!$&'()*+,;=%";

  final String method;

  /** Without the query. */
  final String path;

  final @Nullable String query;

  /** By names in lower case. */
  final Map<String, String> headers;

  private Head(String method, String target, Map<String, String> headers) {
    this.method = method;
    int mark = target.indexOf('?');
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? null : target.substring(mark + 1);
    this.headers = headers;
  }

  static Head parse(String text) throws Refused {
    // Java's split drops empty parts at the end, and with them the head's empty line.
    String[] lines = text.split("\r?\n");
    int first = lines.length > 0 && lines[0].isEmpty() ? 1 : 0;
    if (lines.length <= first) throw malformed("request");
    String[] parts = lines[first].split(" ", -1);
    if (parts.length != 3 || !isToken(parts[0]) || !isVersion(parts[2])) throw malformed("request");
    Map<String, String> headers = new HashMap<>();
    for (int i = first + 1; i < lines.length; i++) addHeader(lines[i], headers);
    String host = headers.get("host");
    if (host == null || !isAuthority(host)) throw malformed("Host");
    checkLength(headers, parts[2]);
    return new Head(parts[0], target(parts[0], parts[1], host), headers);
  }

  private static void addHeader(String line, Map<String, String> headers) throws Refused {
    int colon = line.indexOf(':');
    // A name that begins or ends with a blank is no token: folded lines end here.
    if (colon < 1 || !isToken(line.substring(0, colon))) throw malformed("header");
    for (int i = colon + 1; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F) throw malformed("header");
    }
    String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).trim();
    String former = headers.put(name, value);
    if (former == null) return;
    if (name.equals("host") || name.equals("content-length") || name.equals("authorization")) {
      throw new Refused(400, "repeated header");
    }
    headers.put(name, former + "," + value);
  }

  private static void checkLength(Map<String, String> headers, String version) throws Refused {
    String coding = headers.get("transfer-encoding");
    String length = headers.get("content-length");
    if (coding != null) {
      boolean chunked = coding.equalsIgnoreCase("chunked") && !version.equals("HTTP/1.0");
      if (length != null || !chunked) throw malformed("length");
      throw new Refused(411, "length required");
    }
    if (length == null) return;
    for (int i = 0; i < length.length(); i++) {
      if (!isDigit(length.charAt(i))) throw malformed("length");
    }
    if (length.isEmpty()) throw malformed("length");
  }

  /** Its path and query, of a target with or without the server's name. */
  private static String target(String method, String target, String host) throws Refused {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#') throw malformed("target");
    }
    if (target.equals("*") && method.equals("OPTIONS")) return target;
    String local = target;
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      int end = 7;
      while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) end++;
      if (!target.substring(7, end).equalsIgnoreCase(host)) throw malformed("target");
      local = target.substring(end);
      if (!local.startsWith("/")) local = "/" + local;
    }
    if (!local.startsWith("/")) throw malformed("target");
    return local;
  }

  private static boolean isVersion(String version) {
    return version.length() == 8 && version.startsWith("HTTP/1.") && isDigit(version.charAt(7));
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c) && TOKEN.indexOf(c) < 0) return false;
    }
    return !text.isEmpty();
  }

  /** A host's name or address, perhaps with a port; no user before it. Empty is allowed. */
  private static boolean isAuthority(String host) {
    int end = host.length();
    while (end > 0 && isDigit(host.charAt(end - 1))) end--;
    boolean port = end > 0 && host.charAt(end - 1) == ':';
    String name = port ? host.substring(0, end - 1) : host;
    boolean literal = name.startsWith("[") && name.endsWith("]") && name.length() > 2;
    if (literal) name = name.substring(1, name.length() - 1);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isAlphanumeric(c) && (literal ? ":.%" : HOST).indexOf(c) < 0) return false;
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Refused malformed(String what) {
    return new Refused(400, "malformed " + what);
  }
}
