package dev.atalaya.agent.library.webflux;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the pattern that a mapping of any kind leaves with the exchange. */
public final class WebFluxHooks implements LibraryHooks {
  private static final String PATTERN =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";

  private static final Getter ATTRIBUTES = new Getter("getAttributes");
  private static final Getter REQUEST = new Getter("getRequest");
  private static final Getter PATH = new Getter("getPath");
  private static final Getter CONTEXT_PATH = new Getter("contextPath");
  private static final Getter VALUE = new Getter("value");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "matched",
        (exchange, none, nothing, no) -> {
          if (recorder.wantsRoute()) recorder.route(route(exchange));
          return null;
        });
  }

  /** The route from the server's root on; null where no mapping left a pattern. */
  private static @Nullable String route(@Nullable Object exchange) {
    Object attributes = ATTRIBUTES.of(exchange);
    Object pattern = attributes instanceof Map ? ((Map<?, ?>) attributes).get(PATTERN) : null;
    if (pattern == null) return null;
    return VALUE.text(CONTEXT_PATH.of(PATH.of(REQUEST.of(exchange)))).concat(pattern.toString());
  }
}
