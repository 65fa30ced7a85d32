package dev.atalaya.agent.library.jdkhttp;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Propagation;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiPredicate;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Requests, responses and headers of java.net.http, read by their names: it is younger than the
 * agent's oldest JVM.
 */
@NullMarked
public final class JdkHttpClientHooks implements LibraryHooks {
  private static final Getter METHOD = new Getter("method");
  private static final Getter URI = new Getter("uri");
  private static final Getter STATUS = new Getter("statusCode");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("send", (request, none, nothing, no) -> send(recorder, request));
    hooks.put(
        "received",
        (call, response, none, nothing) -> {
          if (call instanceof Call) ((Call) call).status(STATUS.number(response));
          return null;
        });
    hooks.put(
        "receiveLater",
        (call, future, none, nothing) ->
            call instanceof Call
                ? receiveLater(recorder, (Call) call, (CompletableFuture<?>) future)
                : null);
    hooks.put(
        "made",
        (headers, none, nothing, no) -> {
          Span call = recorder.sending();
          return call == null || headers == null ? null : withTrace(recorder, call, headers);
        });
  }

  private static @Nullable Call send(Recorder recorder, @Nullable Object request) {
    String method = METHOD.text(request);
    return recorder.request(method.isEmpty() ? "GET" : method, URI.text(request));
  }

  /** The future for the application: it completes after the call, and has no dependents yet. */
  private static <T> @Nullable CompletableFuture<T> receiveLater(
      Recorder recorder, Call call, @Nullable CompletableFuture<T> future) {
    call.detach();
    if (future == null) {
      call.end(null);
      return null;
    }
    // What is chained to the future is the application's: its count of dependents shows it.
    CompletableFuture<T> own =
        future.whenComplete(
            (response, error) -> {
              boolean wrapped = error instanceof CompletionException && error.getCause() != null;
              call.status(STATUS.number(response));
              call.end(wrapped ? error.getCause() : error);
            });
    recorder.keep(own, call); // a request that was cancelled early is never answered
    return own;
  }

  /** Null where they stay as they are. */
  private static @Nullable Object withTrace(Recorder recorder, Span call, Object headers) {
    try {
      Method map = headers.getClass().getMethod("map");
      Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      ((Map<?, ?>) map.invoke(headers))
          .forEach((name, values) -> all.put((String) name, strings(values)));
      if (Propagation.isIn(new Headers(all))) return null;
      String field;
      for (int i = 0; (field = recorder.field(i)) != null; i++) {
        String value = recorder.header(call, i);
        if (value != null) all.putIfAbsent(field, Collections.singletonList(value));
      }
      BiPredicate<String, String> any = (name, value) -> true;
      return headers
          .getClass()
          .getMethod("of", Map.class, BiPredicate.class)
          .invoke(null, all, any);
    } catch (ReflectiveOperationException | RuntimeException refused) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> strings(Object values) {
    return (List<String>) values;
  }
}
