package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.UrlText;
import org.jspecify.annotations.Nullable;

/** Incoming and outgoing HTTP requests. */
final class Requests {
  private final Spans spans;
  private final EndedSpans ended;
  private final TraceSettings settings;
  private final OperationCounter counter;

  Requests(Spans spans, EndedSpans ended, TraceSettings settings, OperationCounter counter) {
    this.spans = spans;
    this.ended = ended;
    this.settings = settings;
    this.counter = counter;
  }

  @Nullable Span serve(
      Object headers,
      String method,
      @Nullable String scheme,
      @Nullable String host,
      int port,
      @Nullable String path,
      @Nullable String query) {
    Open open = Open.get();
    if (open.quiet > 0 || open.serving()) return null;
    open.restart();
    RemoteParent remote = settings.propagation().extract(new Headers(headers));
    HttpExchange exchange = incoming(method, scheme, host, port, path, query);
    boolean excluded = path != null && settings.excludes(path);
    Request request = spans.incoming(remote, exchange.methodName(), excluded);
    request.allocatedBefore = Allocated.byThisThread();
    Span span = new Span(request, null, Span.Kind.SERVER, exchange, open);
    request.root = span;
    open.parent = span;
    if (!request.excluded) ended.opened(request);
    return span;
  }

  private HttpExchange incoming(
      String method,
      @Nullable String scheme,
      @Nullable String host,
      int port,
      @Nullable String path,
      @Nullable String query) {
    // A Host header may name anything, also a user with a password.
    String server = host == null ? null : host.substring(host.lastIndexOf('@') + 1);
    int serverPort = port;
    if (port < 0 && server != null) {
      int colon = server.lastIndexOf(':');
      boolean hasPort = colon >= 0 && server.indexOf(']', colon) < 0;
      serverPort = hasPort ? HttpExchange.port(server.substring(colon + 1)) : 0;
      if (hasPort) server = server.substring(0, colon);
      if (serverPort == 0) serverPort = "https".equals(scheme) ? 443 : 80;
    }
    // Path parameters may be a session's id: /orders;jsessionid=...
    boolean parameters = path != null && path.indexOf(';') >= 0;
    String shown = path == null || !parameters ? path : UrlText.withoutParameters(path);
    return new HttpExchange(method, known(method), scheme, server, serverPort, shown, query, null);
  }

  @Nullable Span request(String method, String url) {
    Open open = Open.get();
    int scheme = url.indexOf("://");
    if (scheme < 0) return null;
    int from = scheme + 3;
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) end++;
    int at = url.lastIndexOf('@', end - 1);
    if (at >= from) from = at + 1;
    int colon = url.lastIndexOf(':', end - 1);
    boolean hasPort = colon >= from && url.lastIndexOf(']', end - 1) < colon;
    String host = url.substring(from, hasPort ? colon : end);
    int port = hasPort ? HttpExchange.port(url.substring(colon + 1, end)) : 0;
    if (port == 0) port = url.startsWith("https") ? 443 : 80;
    String upper = method.toUpperCase(java.util.Locale.ROOT);
    HttpExchange exchange =
        new HttpExchange(
            upper, known(upper), url.substring(0, scheme), host, port, null, null, url);
    exchange.inTransaction = open.manualCommit;
    Span span = spans.begin(open, exchange);
    if (span != null) counter.http(open, span, exchange);
    return span;
  }

  @Nullable String header(Span span, int index) {
    return settings.propagation().value(index, span);
  }

  @Nullable String field(int index) {
    return settings.propagation().field(index);
  }

  boolean inject(Span span, Object message, Object builder) {
    Headers sent = new Headers(message);
    if (Propagation.isIn(sent)) return false;
    Propagation propagation = settings.propagation();
    Headers headers = new Headers(builder);
    String field;
    try {
      for (int i = 0; (field = propagation.field(i)) != null; i++) {
        String value = propagation.value(i, span);
        if (value != null && sent.get(field) == null) headers.set(field, value);
      }
      return true;
    } catch (Throwable refused) {
      return false; // A request that takes no more headers goes without.
    }
  }

  /** Undoes {@link #inject}; a header that is not this very span's is the application's. */
  void takeBack(Span span, Object message) {
    Headers headers = new Headers(message);
    String value = header(span, 0);
    String present = value == null ? null : headers.get(String.valueOf(field(0)));
    if (present == null || !present.endsWith(String.valueOf(value))) return;
    String field;
    for (int i = 0; (field = field(i)) != null; i++) {
      if (header(span, i) != null) headers.remove(field);
    }
  }

  void route(String template, boolean fallback) {
    Span parent = Open.get().parent;
    if (parent == null || template.isEmpty()) return;
    Request request = parent.request();
    // The first counts: a forward's or an error page's template is not the request's.
    if (!fallback && request.route == null) request.route = template;
    if (fallback) request.fallbackRoute(template);
  }

  private boolean known(String method) {
    return settings.knownMethods().contains(method);
  }
}
