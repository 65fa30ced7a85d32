package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.KeptConnection;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Services on event loops that the agent is attached to while clients ask them, each by a
 * connection that it keeps: who asks does not notice, and each request from then on is seen whole.
 */
final class AttachedUnderLoadIT {
  private static final int CLIENTS = 8;
  private static final int AFTER = 25;

  /** What is asked for; its route, and how many statements are its own. */
  private record Page(String path, String route, int statements) {}

  private record Asked(Page page, String traceId, boolean attached) {}

  private volatile boolean attached;

  @Test
  void webflux_is_attached_to_unnoticed_and_seen_from_then_on() throws Exception {
    check(
        App.main("app.WebFluxApp")
            .libraries(
                "org.springframework:spring-webflux:7.0.10",
                "org.springframework:spring-context:7.0.10",
                "io.projectreactor.netty:reactor-netty-http:1.3.6",
                ServerContract.H2),
        new Page("/orders/1/lines", "/orders/{id}/lines", 12),
        new Page("/orders/2/parallel", "/orders/{id}/parallel", 12),
        new Page("/orders/3/async", "/orders/{id}/async", 1));
  }

  @ParameterizedTest
  @CsvSource({
    "app.Vertx3App, io.vertx:vertx-web:3.9.16",
    "app.VertxApp, io.vertx:vertx-web:5.1.6",
  })
  void vertx_is_attached_to_unnoticed_and_seen_from_then_on(String main, String library)
      throws Exception {
    check(
        VertxIT.app(main, library),
        new Page("/shop/orders/1", "/shop/orders/:id", 3),
        new Page("/shop/orders/2/later", "/shop/orders/:id/later", 3),
        new Page("/shop/orders/3/loop", "/shop/orders/:id/loop", 12));
  }

  @ParameterizedTest
  @CsvSource({
    "io.ktor:ktor-server-netty-jvm:3.5.2, io.ktor.server.netty.Netty",
    "io.ktor:ktor-server-cio-jvm:3.6.1, io.ktor.server.cio.CIO",
  })
  void ktor_is_attached_to_unnoticed_and_seen_from_then_on(String server, String engine)
      throws Exception {
    check(
        App.program(
                KtorIT.APP, KtorIT.classPath(server, "io.ktor:ktor-server-status-pages-jvm:3.5.2"))
            .arguments(engine),
        new Page("/shop/orders/1", "/shop/orders/{id}", 3),
        new Page("/shop/orders/2/later", "/shop/orders/{id}/later", 3),
        new Page("/shop/orders/3/repeated", "/shop/orders/{id}/repeated", 12));
  }

  private void check(App.Launch launch, Page... pages) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (Otlp otlp = Otlp.http();
        App app = launch.start()) {
      Map<Page, String> answers = new HashMap<>();
      for (Page page : pages) answers.put(page, app.plain(page.path()).body());
      List<Future<List<Asked>>> loads = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        loads.add(clients.submit(() -> load(app.port(), answers)));
      }
      Otlp.sleep(1_000);
      attach(app, otlp);
      attached = true;
      List<Asked> asked = new ArrayList<>();
      for (Future<List<Asked>> load : loads) asked.addAll(load.get());
      try (KeptConnection fresh = new KeptConnection(app.port())) {
        for (Page page : pages) asked.add(ask(fresh, page, answers.get(page)));
      }
      eachIsSeenWhole(otlp, asked);
      assertFalse(app.errors().contains("Exception"), app::errors);
    } finally {
      clients.shutdownNow();
    }
  }

  /** Before, while it is attached to, and some time after. */
  private List<Asked> load(int port, Map<Page, String> answers) throws IOException {
    List<Asked> all = new ArrayList<>();
    List<Page> pages = List.copyOf(answers.keySet());
    try (KeptConnection connection = new KeptConnection(port)) {
      for (int after = 0; after < AFTER; ) {
        Page page = pages.get(all.size() % pages.size());
        Asked asked = ask(connection, page, answers.get(page));
        all.add(asked);
        if (asked.attached()) after++;
      }
    }
    return all;
  }

  private Asked ask(KeptConnection connection, Page page, String answer) throws IOException {
    Asked asked = new Asked(page, App.hex(16), attached);
    assertEquals(answer, connection.get(page.path(), asked.traceId()), page.path());
    return asked;
  }

  private static void attach(App app, Otlp otlp) {
    App attach =
        App.jar(App.agentJar())
            .arguments(
                "attach",
                "" + app.pid(),
                "otel.exporter.otlp.endpoint=" + otlp.endpoint(),
                "otel.exporter.prometheus.port=" + App.freePort(),
                "otel.metrics.exporter=prometheus",
                "otel.bsp.schedule.delay=100")
            .launch();
    assertEquals(0, attach.join(), () -> attach.output() + attach.errors());
  }

  private static void eachIsSeenWhole(Otlp otlp, List<Asked> asked) {
    List<Asked> seen = asked.stream().filter(Asked::attached).toList();
    assertTrue(asked.size() - seen.size() >= CLIENTS, "each has asked before");
    Otlp.await(() -> traces(otlp).keySet().containsAll(ids(seen)));
    otlp.settle();
    Map<String, List<Span>> traces = traces(otlp);
    for (Asked one : asked) {
      Trace trace = new Trace(traces.getOrDefault(one.traceId(), List.of()));
      if (one.attached()) {
        Span server = trace.assertCallsInsideServer().server();
        assertEquals(one.page().route(), server.get("http.route"), trace::toString);
        assertEquals(one.page().statements(), trace.database().size(), trace::toString);
      } else {
        assertTrue(trace.where(s -> s.kind() == Span.Kind.SERVER).size() <= 1, trace::toString);
      }
    }
  }

  private static Set<String> ids(List<Asked> asked) {
    return asked.stream().map(Asked::traceId).collect(Collectors.toSet());
  }

  private static Map<String, List<Span>> traces(Otlp otlp) {
    return otlp.spans().stream().collect(Collectors.groupingBy(Span::traceId));
  }
}
