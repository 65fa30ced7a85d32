package dev.atalaya.agent.library.webflux;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Reads the pattern that a mapping leaves with the exchange, or a function with the request. */
public final class WebFluxHooks implements LibraryHooks {
  private static final String PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

  private static final String FUNCTIONS_PATTERN =
      "org.springframework.web.reactive.function.server.RouterFunctions.matchingPattern";

  private static final Getter ATTRIBUTES = new Getter("getAttributes");
  private static final Getter EXCHANGE = new Getter("exchange");
  private static final Getter OF_FUNCTION = new Getter("attributes");
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter PATH = new Getter("getPath");
  private static final Getter CONTEXT_PATH = new Getter("contextPath");
  private static final Getter VALUE = new Getter("value");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (exchange, none, nothing, no) -> {
          if (recorder.wantsRoute()) {
            recorder.route(route(exchange, ATTRIBUTES.of(exchange), PATTERN));
          }
          return null;
        });
    hooks.put(
        "routed",
        (request, handler, none, nothing) -> {
          if (isThere(handler) && recorder.wantsRoute()) {
            Object exchange = EXCHANGE.of(request);
            recorder.route(route(exchange, OF_FUNCTION.of(request), FUNCTIONS_PATTERN));
          }
          return null;
        });
  }

  /** Whether what a router returns, which is known at once, has a handler. */
  private static boolean isThere(@Nullable Object handler) {
    try {
      return handler instanceof Callable && ((Callable<?>) handler).call() != null;
    } catch (Exception noConstant) {
      return false;
    }
  }

  /** The route from the server's root on; null where nobody left a pattern. */
  private static @Nullable String route(
      @Nullable Object exchange, @Nullable Object attributes, String name) {
    Object pattern = attributes instanceof Map ? ((Map<?, ?>) attributes).get(name) : null;
    if (pattern == null) return null;
    return VALUE.text(CONTEXT_PATH.of(PATH.of(REQUEST.of(exchange)))).concat(pattern.toString());
  }
}
