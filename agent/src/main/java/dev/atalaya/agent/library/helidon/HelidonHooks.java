package dev.atalaya.agent.library.helidon;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to a Helidon server, and the routes that accept them. */
public final class HelidonHooks implements LibraryHooks {
  private static final Getter PROLOGUE = new Getter("prologue");
  private static final Getter METHOD = new Getter("method");
  private static final Getter URI_PATH = new Getter("uriPath");
  private static final Getter RAW_PATH = new Getter("rawPath");
  private static final Getter QUERY = new Getter("query");
  private static final Getter RAW_VALUE = new Getter("rawValue");
  private static final Getter AUTHORITY = new Getter("authority");
  private static final Getter IS_SECURE = new Getter("isSecure");
  private static final Getter HEADERS = new Getter("headers");

  private static final Getter IS_SENT = new Getter("isSent");
  private static final Getter STATUS = new Getter("status");
  private static final Getter CODE = new Getter("code");

  private static final Getter ACCEPTED = new Getter("accepted");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("asked", (request, none, nothing, no) -> asked(recorder, request));
    hooks.put(
        "answered",
        (call, response, none, nothing) -> {
          boolean sent = call instanceof Span && Boolean.TRUE.equals(IS_SENT.of(response));
          if (sent) ((Span) call).status(CODE.number(STATUS.of(response)));
          return null;
        });
    hooks.put(
        "descends",
        (service, path, routes, none) -> {
          if (routes instanceof Iterable) RoutePath.tell(service, path, (Iterable<?>) routes);
          return null;
        });
    hooks.put(
        "accepted",
        (route, path, result, none) -> {
          Request current = recorder.current();
          boolean accepted = Boolean.TRUE.equals(ACCEPTED.of(result));
          String template = current == null || !accepted ? null : RoutePath.of(route, path);
          if (current != null && template != null) current.innerRoute(template);
          return null;
        });
    hooks.put(
        "created",
        (path, source, none, nothing) -> {
          if (source != null) States.put(path, source);
          return null;
        });
  }

  private static @Nullable Span asked(Recorder recorder, @Nullable Object request) {
    Object prologue = PROLOGUE.of(request);
    Object headers = HEADERS.of(request);
    if (prologue == null || !(headers instanceof Iterable)) return null;
    String query = RAW_VALUE.text(QUERY.of(prologue));
    return recorder.serve(
        new RequestHeaders((Iterable<?>) headers),
        METHOD.text(prologue),
        Boolean.TRUE.equals(IS_SECURE.of(request)) ? "https" : "http",
        AUTHORITY.text(request),
        -1,
        RAW_PATH.text(URI_PATH.of(prologue)),
        query.isEmpty() ? null : query);
  }
}
