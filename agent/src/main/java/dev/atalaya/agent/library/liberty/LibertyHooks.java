package dev.atalaya.agent.library.liberty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Requests of Liberty, below its servlets. All is called by its name. */
@NullMarked
public final class LibertyHooks implements LibraryHooks {
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter PATH = new Getter("getURI");
  private static final Getter QUERY = new Getter("getQuery");
  private static final Getter RESPONSE = new Getter("getResponse");
  private static final Getter STATUS = new Getter("getStatus");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("dispatch", (link, none, nothing, no) -> serve(recorder, link));
    hooks.put(
        "close",
        (link, none, nothing, no) -> {
          if (link != null) completed(link);
          return null;
        });
  }

  private static @Nullable Call serve(Recorder recorder, @Nullable Object link) {
    Object request = REQUEST.of(link);
    String method = METHOD.text(request);
    if (link == null || request == null || method.isEmpty()) return null;
    Object query = QUERY.of(request);
    Span span =
        recorder.serve(
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
  private static void completed(Object link) {
    if (ServerRequests.isOpen(link)) {
      ServerRequests.completed(link, STATUS.number(RESPONSE.of(link)));
    }
  }
}
