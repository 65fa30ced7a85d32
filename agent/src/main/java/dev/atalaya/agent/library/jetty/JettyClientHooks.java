package dev.atalaya.agent.library.jetty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges of Jetty's HttpClient. All is called by its name, as 12 has moved the types. A call is
 * kept with its exchange's response, which listeners are given.
 */
@NullMarked
public final class JettyClientHooks implements LibraryHooks {
  /** Kept with a response whose request is not recorded. */
  private static final Object NO_CALL = new Object();

  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter RESPONSE = new Getter("getResponse");
  private static final Getter CONVERSATION = new Getter("getConversation");
  private static final Getter EXCHANGES = new Getter("getExchanges");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter URI = new Getter("getURI");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter HOST = new Getter("getHost");
  private static final Getter PORT = new Getter("getPort");
  private static final Getter PATH = new Getter("getPath");
  private static final Getter HEADERS = new Getter("getHeaders");
  private static final Getter STATUS = new Getter("getStatus");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "begin",
        (exchange, none, nothing, no) -> {
          Object response = RESPONSE.of(exchange);
          boolean anew = States.get(response) == null; // each of its constructors tells of it
          if (response != null && anew) begin(recorder, exchange, response);
          return null;
        });
    hooks.put(
        "complete",
        (exchange, failure, none, nothing) -> {
          complete(RESPONSE.of(exchange), (Throwable) failure);
          return null;
        });
    hooks.put("resume", (answer, none, nothing, no) -> resume(recorder, answer));
  }

  private static void begin(Recorder recorder, @Nullable Object exchange, Object response) {
    Object before = null;
    int resent = 0;
    Object conversation = EXCHANGES.of(CONVERSATION.of(exchange));
    if (conversation instanceof Collection) {
      for (Object each : (Collection<?>) conversation) {
        if (each == exchange) break;
        before = States.get(RESPONSE.of(each));
        resent++;
      }
    }
    Object request = REQUEST.of(exchange);
    Span call = before == NO_CALL ? null : request(recorder, request);
    States.put(response, call == null ? NO_CALL : call);
    if (call == null) return;
    call.detach();
    if (resent > 0) call.attribute("http.request.resend_count", resent);
    Object headers = HEADERS.of(request);
    if (headers == null) return;
    if (before instanceof Span) recorder.takeBack((Span) before, headers); // copied along
    recorder.inject(call, headers, headers);
  }

  private static @Nullable Span request(Recorder recorder, @Nullable Object request) {
    String method = METHOD.text(request);
    if (method.equals("CONNECT")) return null; // the client's own, to a proxy
    String url = URI.text(request);
    if (url.isEmpty()) { // what is sent is no URI
      url = SCHEME.text(request) + "://" + HOST.text(request) + ":" + PORT.number(request);
      url += PATH.text(request);
    }
    return recorder.request(method, url);
  }

  private static void complete(@Nullable Object response, @Nullable Throwable failure) {
    Object call = States.get(response);
    if (!(call instanceof Span)) return;
    int status = STATUS.number(response);
    boolean goesOn = status >= 100 && status < 200 && status != 101; // 100 Continue and the like
    if (failure != null || !goesOn) ((Span) call).end(failure);
  }

  /** {@code answer} is a response, or a result, which has one. */
  private static @Nullable Object resume(Recorder recorder, @Nullable Object answer) {
    Object response = RESPONSE.of(answer);
    Object call = States.get(response == null ? answer : response);
    Span caller = call instanceof Span ? ((Span) call).parent() : null;
    return caller == null ? null : recorder.resume(caller);
  }
}
