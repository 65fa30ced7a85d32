package dev.atalaya.agent.library.asynchttpclient;

import dev.atalaya.agent.library.netty.Outgoing;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What is sent, kept with its future. */
public final class AsyncHttpClientHooks implements LibraryHooks {
  /** Kept with a future whose request is not recorded, as part of another client's call. */
  private static final Object NO_CALL = new Object();

  private static final Getter NETTY_REQUEST = new Getter("getNettyRequest");
  private static final Getter HTTP_REQUEST = new Getter("getHttpRequest");
  private static final Getter HEADERS = new Getter("headers");
  private static final Getter SENT_METHOD = new Getter("method");
  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter URI = new Getter("getUri");
  private static final Getter URL = new Getter("toUrl");
  private static final Getter STATUS = new Getter("getStatusCode");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "made",
        (future, request, none, nothing) -> {
          Object message = HTTP_REQUEST.of(NETTY_REQUEST.of(future));
          boolean toProxy = SENT_METHOD.text(message).equals("CONNECT"); // for what follows
          if (message != null && !toProxy) made(recorder, future, request, message);
          return null;
        });
    hooks.put(
        "writes",
        (future, none, nothing, no) -> {
          Exchange exchange = of(future);
          if (exchange == null) return null;
          exchange.written();
          return exchange.resume(recorder);
        });
    hooks.put("goesOn", (future, none, nothing, no) -> resume(recorder, of(future)));
    hooks.put(
        "status",
        (future, answer, none, nothing) -> {
          Exchange exchange = of(future);
          if (exchange != null) exchange.call.status(STATUS.number(answer));
          return null;
        });
    hooks.put(
        "ends", (future, error, none, nothing) -> ends(recorder, of(future), (Throwable) error));
    hooks.put(
        "cancels",
        (future, none, nothing, no) -> {
          Exchange exchange = of(future);
          return exchange == null ? null : ends(recorder, exchange, new CancellationException());
        });
  }

  private static @Nullable Exchange of(@Nullable Object future) {
    Object known = States.get(future);
    return known instanceof Exchange ? (Exchange) known : null;
  }

  private static void made(
      Recorder recorder, @Nullable Object future, @Nullable Object request, Object message) {
    Outgoing.isRecorded(message);
    if (States.get(future) == NO_CALL) return;
    Exchange before = of(future);
    boolean isMadeAgain = before != null && !before.isWritten(); // for another connection
    Exchange exchange = isMadeAgain ? before : begin(recorder, request, before);
    States.put(future, exchange == null ? NO_CALL : exchange);
    Object headers = HEADERS.of(message);
    if (exchange != null && headers != null) recorder.inject(exchange.call, headers, headers);
  }

  private static @Nullable Exchange begin(
      Recorder recorder, @Nullable Object request, @Nullable Exchange before) {
    if (before != null) before.replaced();
    Span call = recorder.request(METHOD.text(request), URL.text(URI.of(request)));
    if (call == null) return null;
    call.detach();
    return new Exchange(call, before == null ? 0 : before.number + 1);
  }

  private static @Nullable Object ends(
      Recorder recorder, @Nullable Exchange exchange, @Nullable Throwable error) {
    if (exchange != null) exchange.call.end(error);
    return resume(recorder, exchange);
  }

  private static @Nullable Object resume(Recorder recorder, @Nullable Exchange exchange) {
    return exchange == null ? null : exchange.resume(recorder);
  }
}
