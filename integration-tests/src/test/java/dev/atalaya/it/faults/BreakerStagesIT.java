package dev.atalaya.it.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Told;
import dev.atalaya.it.Trace;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each stage leaves, where an operator's limits are below what the agent really costs. */
final class BreakerStagesIT {
  private static final String TOKEN = "a-token-of-the-test";
  private static final String HELD = "1h";

  private Otlp otlp;
  private App app;

  @BeforeEach
  void start() {
    otlp = Otlp.http();
    app =
        App.main("app.StagesApp")
            .release(17)
            .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1")
            .property("atalaya.console.token", TOKEN)
            .property("atalaya.explain", "on")
            .property("atalaya.slow.query.threshold", "200ms")
            .agent(otlp)
            .start();
  }

  @AfterEach
  void stop() {
    app.close();
    otlp.close();
  }

  @Test
  void each_stage_leaves_its_work_on_the_way_down_and_takes_it_up_again() {
    set("atalaya.breaker.calm", HELD);
    for (int i = 0; i < 40; i++) app.get("/known");
    List<Look> looks = new ArrayList<>();
    looks.add(new Look(0));
    for (int stage = 1; stage <= 5; stage++) {
      set("atalaya.breaker.cpu", "0.0001%");
      await(stage);
      set("atalaya.breaker.cpu", "10000%");
      looks.add(new Look(looks.size()));
    }
    String tooMuch = "WARN circuit breaker, stage 1 of 5: the agent's threads use ";
    assertTrue(app.errors().contains(tooMuch), app::agentLines);
    for (int stage = 4; stage >= 0; stage--) {
      set("atalaya.breaker.calm", "3s");
      await(stage);
      set("atalaya.breaker.calm", HELD);
      looks.add(new Look(looks.size()));
    }
    // Only now: what is missing had the time of all later looks to come.
    Look last = looks.get(looks.size() - 1);
    Otlp.await(() -> last.seen().contains("plan"));
    List<String> seen = new ArrayList<>();
    for (Look look : looks) seen.add(look.seen());
    assertEquals(
        List.of(
            "0: counted, found, pointed to, exported, kept, folded, line, known line, plan",
            "1: counted, found, pointed to, exported, kept, folded, line, known line",
            "2: counted, found, pointed to, exported, kept, folded, known line",
            "3: counted, found, pointed to, exported, kept, first and last, known line",
            "4: counted, found",
            "5: ",
            "4: counted, found",
            "3: counted, found, pointed to, exported, kept, first and last, known line",
            "2: counted, found, pointed to, exported, kept, folded, known line",
            "1: counted, found, pointed to, exported, kept, folded, line, known line",
            "0: counted, found, pointed to, exported, kept, folded, line, known line, plan"),
        seen,
        app::agentLines);
  }

  /** A twentieth of a core is the least that is looked at: some 50,000 calls a second. */
  @Test
  void what_the_agent_adds_to_requests_takes_it_down() throws Exception {
    set("atalaya.breaker.overhead", "0.01%");
    AtomicBoolean busy = new AtomicBoolean(true);
    ExecutorService visitors = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 4; i++) {
        visitors.execute(
            () -> {
              while (busy.get()) app.get("/busy");
            });
      }
      assertTrue(within(60, () -> stage() >= 1), () -> app.metrics().about("atalaya_breaker"));
    } finally {
      busy.set(false);
      visitors.shutdown();
      assertTrue(visitors.awaitTermination(60, TimeUnit.SECONDS));
    }
    String tooMuch = "WARN circuit breaker, stage 1 of 5: the agent adds ";
    assertTrue(app.errors().contains(tooMuch), app::agentLines);
  }

  private void await(int stage) {
    assertTrue(within(60, () -> stage() == stage), () -> stage + ": " + app.agentLines());
  }

  private double stage() {
    return app.metrics().value("atalaya_breaker_stage");
  }

  private void set(String key, String value) {
    URI uri = URI.create("http://127.0.0.1:" + app.metricsPort() + "/api/config");
    HttpResponse<String> response =
        app.send(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(key + "=" + value.replace("%", "%25")))
                .build());
    assertEquals(200, response.statusCode(), response.body());
  }

  private static boolean within(int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) return false;
      Otlp.sleep(50);
    }
    return true;
  }

  /** What two requests to an entry point of their own led to, one sampled by its caller. */
  private final class Look {
    private final String path;
    private final int stage;
    private final String sampled;
    private final String unsampled = App.hex(16);
    private final String known;

    Look(int number) {
      path = "/look" + number;
      stage = (int) stage();
      sampled = app.get(path).traceId();
      app.plain(path, "traceparent", "00-" + unsampled + "-" + App.hex(8) + "-00");
      known = app.get("/known").traceId();
    }

    String seen() {
      List<String> seen = new ArrayList<>();
      if (requests() == 2) seen.add("counted");
      JsonNode repeated = finding("n_plus_one");
      JsonNode slow = finding("slow_query");
      if (repeated != null && slow != null) seen.add("found");
      if (pointsHere(repeated) && pointsHere(slow)) seen.add("pointed to");
      if (isExported(sampled)) seen.add("exported");
      if (isExported(unsampled)) seen.add("kept");
      List<Span> items = trace(sampled).where(span -> span.name().equals("SELECT item"));
      if (items.stream().anyMatch(Look::isFolded)) seen.add("folded");
      else if (items.size() == 2) seen.add("first and last");
      if (repeated != null && repeated.at("/call_site/line").isInt()) seen.add("line");
      if (trace(known).spans().stream().anyMatch(Look::namesLine)) seen.add("known line");
      if (slow != null && slow.at("/slow/plan").isTextual()) seen.add("plan");
      return stage + ": " + String.join(", ", seen);
    }

    private double requests() {
      return app.metrics().value("http_server_request_duration_seconds_count", "http_route", path);
    }

    private JsonNode finding(String kind) {
      return Told.of(app, "GET " + path).stream()
          .filter(one -> one.get("kind").asText().equals(kind))
          .findAny()
          .orElse(null);
    }

    private boolean pointsHere(JsonNode finding) {
      if (finding == null) return false;
      String traces = finding.get("trace_ids").toString();
      return traces.contains(sampled) && traces.contains(unsampled);
    }

    private boolean isExported(String traceId) {
      return !trace(traceId).spans().isEmpty();
    }

    private Trace trace(String traceId) {
      List<Span> all = otlp.spans();
      return new Trace(all.stream().filter(span -> span.traceId().equals(traceId)).toList());
    }

    private static boolean isFolded(Span span) {
      return span.get("atalaya.collapsed.count") != null;
    }

    private static boolean namesLine(Span span) {
      return span.events().stream()
          .anyMatch(one -> one.attributes().containsKey("code.line.number"));
    }
  }
}
