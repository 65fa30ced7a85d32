package dev.atalaya.agent.library.jetty;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Headers;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.ServerRequests;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Requests of Jetty 12, below its servlets. All is called by its name, as the types have the names
 * of other types in earlier versions.
 */
@NullMarked
public final class JettyHooks implements LibraryHooks {
  private static final String REQUEST = "org.eclipse.jetty.server.Request";

  private static final Getter METHOD = new Getter("getMethod");
  private static final Getter URI = new Getter("getHttpURI");
  private static final Getter HEADERS = new Getter("getHeaders");
  private static final Getter SCHEME = new Getter("getScheme");
  private static final Getter AUTHORITY = new Getter("getAuthority");
  private static final Getter PATH = new Getter("getPath");
  private static final Getter QUERY = new Getter("getQuery");
  private static final Getter STATUS = new Getter("getStatus");

  private static final ClassValue<@Nullable MethodHandle> ADD_LISTENER =
      new ClassValue<@Nullable MethodHandle>() {
        @Override
        protected @Nullable MethodHandle computeValue(Class<?> type) {
          try {
            Class<?> request = Class.forName(REQUEST, false, type.getClassLoader());
            MethodType shape = MethodType.methodType(void.class, request, Consumer.class);
            return MethodHandles.publicLookup()
                .findStatic(request, "addCompletionListener", shape)
                .asType(MethodType.methodType(void.class, Object.class, Consumer.class));
          } catch (ReflectiveOperationException | LinkageError anotherVersion) {
            return null;
          }
        }
      };

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "handle",
        (request, response, none, nothing) ->
            request == null || response == null ? null : serve(recorder, request, response));
  }

  private static @Nullable Call serve(Recorder recorder, Object request, Object response) {
    MethodHandle add = ADD_LISTENER.get(request.getClass());
    Object headers = HEADERS.of(request);
    if (add == null || headers == null) return null; // its servlets are woven as well
    Object uri = URI.of(request);
    String authority = AUTHORITY.text(uri);
    Object query = QUERY.of(uri);
    Span span =
        recorder.serve(
            headers,
            METHOD.text(request),
            SCHEME.text(uri),
            authority.isEmpty() ? new Headers(headers).get("Host") : authority,
            -1,
            PATH.text(uri),
            query == null ? null : query.toString());
    if (span == null) return null;
    ServerRequests.begun(span);
    Consumer<Throwable> completed = failure -> completed(span, response, failure);
    try {
      add.invokeExact(request, completed);
    } catch (Throwable refused) {
      span.end(null);
    }
    return span;
  }

  private static void completed(Span span, Object response, @Nullable Throwable failure) {
    if (failure != null) span.request().caught(failure);
    ServerRequests.completed(span, STATUS.number(response));
  }
}
