package dev.atalaya.agent.library.reactornetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReactorNettyHooksTest {
  private final Recorder recorder = new Simulation().recorder;
  private final Map<String, Hook> hooks = new HashMap<>();

  @BeforeEach
  void offer() {
    new ReactorNettyHooks().offer(recorder, hooks);
  }

  @Test
  void the_innermost_of_its_templates_is_the_route_unless_a_framework_above_has_one() {
    Span span = recorder.serve(Map.of(), "GET", "http", "localhost", 8080, "/api/1", null);
    matched("/api/*");
    assertEquals("/api/*", span.request().route());
    matched("/api/{id}");
    assertEquals("/api/{id}", span.request().route());
    matched(null);
    assertEquals("/api/{id}", span.request().route(), "a predicate without a template");
    recorder.route("/api/{number}");
    assertEquals("/api/{number}", span.request().route());
    span.end(null);
  }

  @Test
  void outside_of_a_request_nothing_matches() {
    matched("/api/*");
    assertNull(recorder.current());
  }

  private void matched(String template) {
    hooks.get("matched").call(template, null, null, null);
  }
}
