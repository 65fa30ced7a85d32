package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import org.jspecify.annotations.Nullable;

/** Requests of Liberty, below its servlets. All is called by its name. */
final class LibertyLink {
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter PATH = new Getter("getURI");
  private static final Getter QUERY = new Getter("getQuery");
  private static final Getter RESPONSE = new Getter("getResponse");
  private static final Getter STATUS = new Getter("getStatus");

  private LibertyLink() {}

  static @Nullable Span serve(Requests requests, Object link) {
    Object request = REQUEST.of(link);
    String method = METHOD.text(request);
    if (request == null || method.isEmpty()) return null;
    Object query = QUERY.of(request);
    Span span =
        requests.serve(
            request,
            method,
            SCHEME.text(request),
            new Headers(request).get("Host"),
            -1,
            PATH.text(request),
            query == null ? null : query.toString());
    if (span != null) ServerRequests.begun(link, span);
    return span;
  }

  /** A link that is closed without a request has no span. */
  static void completed(Object link) {
    if (States.get(link) instanceof Span) {
      ServerRequests.completed(link, STATUS.number(RESPONSE.of(link)));
    }
  }
}
