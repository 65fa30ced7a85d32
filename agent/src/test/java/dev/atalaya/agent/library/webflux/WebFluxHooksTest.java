package dev.atalaya.agent.library.webflux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A request to a router's functions, as the agent sees it: by the names of its methods. */
class WebFluxHooksTest {
  private static final String PATTERN =
      "org.springframework.web.reactive.function.server.RouterFunctions.matchingPattern";

  private final Recorder recorder = new Simulation().recorder;
  private final Map<String, Hook> hooks = new HashMap<>();
  private Span span;

  @BeforeEach
  void begin() {
    new WebFluxHooks().offer(recorder, hooks);
    span = recorder.serve(Map.of(), "GET", "http", "localhost", 8080, "/app/orders/1", null);
  }

  @AfterEach
  void end() {
    span.end(null);
  }

  @Test
  void the_pattern_of_a_function_counts_from_the_servers_root() {
    routed(Map.of(PATTERN, "/orders/{id}"), Mono.just("handler"));
    assertEquals("/app/orders/{id}", span.request().route());
  }

  @Test
  void what_a_function_without_a_handler_leaves_is_no_route() {
    routed(Map.of(PATTERN, "/orders/**"), Mono.empty());
    assertEquals("", span.request().route());
    routed(Map.of(PATTERN, "/orders/{id}"), Mono.just("handler"));
    assertEquals("/app/orders/{id}", span.request().route());
  }

  @Test
  void a_function_of_another_condition_than_a_path_has_no_route() {
    routed(Map.of(), Mono.just("handler"));
    assertEquals("", span.request().route());
  }

  private void routed(Map<String, String> attributes, Mono<String> handler) {
    hooks.get("routed").call(new Request(attributes), handler, null, null);
  }

  /** It, its exchange, and the parts of that which lead to the context's path. */
  public record Request(Map<String, String> attributes) {
    public Request exchange() {
      return this;
    }

    public Request getRequest() {
      return this;
    }

    public Request getPath() {
      return this;
    }

    public Request contextPath() {
      return this;
    }

    public String value() {
      return "/app";
    }
  }
}
