package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.UrlText;
import org.jspecify.annotations.Nullable;

/** The parts of an HTTP request as they came or went; redacted only on export. */
public final class HttpExchange {
  public final String method;
  public final @Nullable String scheme;
  public final @Nullable String host;

  /** Below 1 where unknown. */
  public final int port;

  /** Incoming requests. */
  public final @Nullable String path;

  public final @Nullable String query;

  /** Outgoing requests: absolute, not yet redacted. */
  public final @Nullable String url;

  private final boolean known;

  /** Outgoing: its thread had a transaction open. */
  boolean inTransaction;

  /** Incoming: it ends when its server completes it, with the status that it has then. */
  boolean completes;

  /** The response's; 0 until there is one. */
  int status;

  private @Nullable String operation;
  private @Nullable String urlTemplate;

  HttpExchange(
      String method,
      boolean known,
      @Nullable String scheme,
      @Nullable String host,
      int port,
      @Nullable String path,
      @Nullable String query,
      @Nullable String url) {
    this.method = method;
    this.known = known;
    this.scheme = scheme;
    this.host = host;
    this.port = port;
    this.path = path;
    this.query = query;
    this.url = url;
  }

  /**
   * What an outgoing request has in common with others to the same resource: {@code GET
   * http://stock:8080/items/{}?size}.
   */
  public String operation() {
    String known = operation;
    if (known != null) return known;
    String address = String.valueOf(url);
    int path = address.indexOf("://") + 3;
    while (path < address.length() && "/?#".indexOf(address.charAt(path)) < 0) path++;
    StringBuilder text = new StringBuilder(128);
    text.append(method)
        .append(' ')
        .append(scheme)
        .append("://")
        .append(host)
        .append(':')
        .append(port);
    String template = UrlText.template(address.substring(path));
    urlTemplate = template.isEmpty() ? "/" : template;
    text.append(template);
    int query = address.indexOf('?', path);
    int fragment = address.indexOf('#', path);
    if (query >= 0 && (fragment < 0 || query < fragment)) {
      String names =
          UrlText.sortedQueryNames(
              address.substring(query + 1, fragment < 0 ? address.length() : fragment));
      if (!names.isEmpty()) text.append('?').append(names);
    }
    return operation = text.toString();
  }

  /** The path of {@link #operation}: {@code /items/{}}. */
  public String urlTemplate() {
    operation();
    return String.valueOf(urlTemplate);
  }

  /** 0 where it is none. */
  static int port(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  /** {@code http.request.method}: {@code _OTHER} for a method the conventions do not list. */
  public String methodLabel() {
    return known ? method : "_OTHER";
  }

  /** The method in a span's name: {@code HTTP} for one the conventions do not list. */
  String methodName() {
    return known ? method : "HTTP";
  }
}
