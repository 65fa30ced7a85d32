package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** The parts of an HTTP request as they came or went; made fit to be shown only on export. */
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

  /** {@code http.request.method}: {@code _OTHER} for a method the conventions do not list. */
  public String methodLabel() {
    return known ? method : "_OTHER";
  }

  /** The method in a span's name: {@code HTTP} for one the conventions do not list. */
  String methodName() {
    return known ? method : "HTTP";
  }
}
