package dev.atalaya.it.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Sources;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** gRPC's oldest and newest version, on Netty, on the Netty in its own jar, and in process. */
final class GrpcIT {
  private static final String OLD_NETTY = "io.grpc:grpc-netty:1.30.2 io.grpc:grpc-stub:1.30.2";
  private static final String NETTY = "io.grpc:grpc-netty:1.85.1 io.grpc:grpc-stub:1.85.1";
  private static final String SHADED = "io.grpc:grpc-netty-shaded:1.85.1 io.grpc:grpc-stub:1.85.1";
  private static final String IN_PROCESS = " io.grpc:grpc-inprocess:1.85.1";

  private static final List<String> CALLS =
      List.of(
          "1", "add", "list", "ask", "throws", "none", "broken", "missing", "deadline", "cancel");

  @ParameterizedTest
  @CsvSource({
    "port," + OLD_NETTY,
    "port," + NETTY + IN_PROCESS,
    "port," + SHADED + IN_PROCESS,
    "inprocess," + OLD_NETTY,
    "inprocess," + NETTY + IN_PROCESS,
    "direct," + OLD_NETTY,
    "direct," + NETTY + IN_PROCESS,
  })
  @MatrixSource("port, io.grpc:grpc-netty:1.51.3 io.grpc:grpc-stub:1.51.3")
  void a_call_is_a_span_on_either_side_and_answers_as_without(String mode, String libraries) {
    Map<String, String> plain;
    try (App app = launch(mode, libraries).start()) {
      plain = answers(app);
    }
    try (Otlp otlp = Otlp.http();
        App app = launch(mode, libraries).agent(otlp).start()) {
      assertEquals(plain, answers(app));
      for (String scenario : List.of("add", "ask", "list")) streamed(otlp, app, scenario);
      Span found = assertCall(otlp, app, "1", "shop.Stock/Find", "OK", "");
      assertEquals("localhost", found.get("server.address"));
      Span thrown = assertCall(otlp, app, "throws", "shop.Stock/Find", "UNKNOWN", "both");
      assertEquals(
          List.of("java.lang.IllegalStateException"),
          thrown.events().stream().map(e -> e.attributes().get("exception.type")).toList());
      assertCall(otlp, app, "none", "shop.Stock/Find", "NOT_FOUND", "client");
      assertCall(otlp, app, "broken", "shop.Stock/Find", "INTERNAL", "both");
      Span unknown = assertCall(otlp, app, "missing", "grpc", "UNIMPLEMENTED", "both");
      assertEquals("_OTHER", unknown.get("rpc.method"));
      assertEquals("shop.Stock/Missing", unknown.get("rpc.method_original"));
      assertEndsEarly(otlp, app, "deadline", "DEADLINE_EXCEEDED");
      assertEndsEarly(otlp, app, "cancel", "CANCELLED");
      assertMetrics(app);
      assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
      assertFalse(app.agentLines().contains("CANARY"), app.agentLines());
      assertFalse(app.agentLines().contains("not instrumented"), app.agentLines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_NETTY, NETTY + IN_PROCESS, SHADED + IN_PROCESS})
  void forty_at_once_each_have_their_statement(String libraries) {
    try (Otlp otlp = Otlp.http();
        App app = launch("port", libraries).agent(otlp).start()) {
      App.Answer answer = app.get("/forty");
      assertEquals(200, answer.status(), answer.body());
      // The callers' request may come last: it waits for what it has started.
      Trace trace =
          otlp.trace(
              answer.traceId(),
              seen -> seen.database().size() >= 40 && rpc(seen, Span.Kind.CLIENT).size() >= 40);
      List<Span> calls = rpc(trace, Span.Kind.SERVER);
      assertEquals(40, calls.size(), trace::toString);
      Set<String> clients = new HashSet<>();
      for (Span call : calls) {
        assertEquals(1, trace.children(call).size(), trace::toString);
        assertTrue(trace.children(call).get(0).isDatabase(), trace::toString);
        clients.add(call.parentId());
      }
      Set<String> sent = new HashSet<>();
      for (Span call : rpc(trace, Span.Kind.CLIENT)) sent.add(call.spanId());
      assertEquals(sent, clients, trace::toString);
      assertEquals(40, sent.size(), trace::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({"port," + OLD_NETTY, "port," + NETTY + IN_PROCESS, "direct," + NETTY + IN_PROCESS})
  void loops_are_found_with_their_lines(String mode, String libraries) {
    try (App app =
        launch(mode, libraries).property("otel.service.name", "remote").agent(null).start()) {
      Finding calls =
          Findings.twice(app, "remote", "/loop")
              .has("kind", "n_plus_one_http", "operation.system", "grpc", "cause", null)
              .has("operation.summary", "shop.Stock/Find", "operation.execution", "sequential")
              .counts(12)
              .calledFrom("app.GrpcApp.loop", "loop")
              .suggests("shop.Stock/Find", "one call");
      assertTrue(calls.text("operation.text").endsWith("/shop.Stock/Find"), calls::toString);
      assertEquals(List.of(), Findings.of(app).at("RPC shop.Stock/Find"));

      App.Answer answer = app.get("/many");
      assertEquals(200, answer.status(), answer.body());
      assertAskedOneByOne(app, "Add", answer.traceId(), "added");
      assertAskedOneByOne(app, "List", answer.traceId(), "listed");
    }
  }

  /** By the handler's line of that mark. */
  private static void assertAskedOneByOne(App app, String method, String traceId, String mark) {
    Finding finding =
        Findings.only(app, "RPC shop.Stock/" + method, 1)
            .wellFormed("remote", traceId)
            .has("kind", "n_plus_one", "operation.summary", "SELECT payment")
            .counts(12)
            .distinct(1)
            .calledFrom("app.GrpcApp.payment", "asked");
    assertEquals(
        Sources.line("app.GrpcApp", mark),
        finding.json().at("/call_site/stack/1/line").asInt(),
        finding::toString);
  }

  private static App.Launch launch(String mode, String libraries) {
    String[] all = (libraries + " com.h2database:h2:1.4.200").split(" ");
    return App.main("app.GrpcApp").libraries(all).arguments(mode);
  }

  private static Map<String, String> answers(App app) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (String scenario : CALLS) {
      App.Answer answer = app.get("/call?" + scenario);
      answers.put(scenario, answer.status() + " " + answer.body());
    }
    return answers;
  }

  private static void streamed(Otlp otlp, App app, String scenario) {
    String method =
        "shop.Stock/" + Character.toUpperCase(scenario.charAt(0)) + scenario.substring(1);
    Span served = assertCall(otlp, app, scenario, method, "OK", "");
    Trace trace = otlp.trace(served.traceId());
    assertEquals(scenario.equals("list") ? 3 : 2, trace.children(served).size(), trace::toString);
  }

  /** {@code failed}: whose span is an error, both, the client's, or none. */
  private static Span assertCall(
      Otlp otlp, App app, String scenario, String name, String status, String failed) {
    Trace trace = called(otlp, app, scenario);
    Span client = rpc(trace, Span.Kind.CLIENT).get(0);
    Span server = rpc(trace, Span.Kind.SERVER).get(0);
    assertEquals(name, server.name(), trace::toString);
    assertEquals(trace.named("GET /call").spanId(), client.parentId(), trace::toString);
    assertEquals(client.spanId(), server.parentId(), trace::toString);
    for (Span span : List.of(client, server)) {
      assertEquals("grpc", span.get("rpc.system.name"));
      assertEquals(status, span.get("rpc.response.status_code"), trace::toString);
      boolean error = failed.equals("both") || span == client && failed.equals("client");
      assertEquals(error, span.error(), trace::toString);
      assertEquals(error ? status : null, span.get("error.type"), trace::toString);
    }
    if (!name.equals("grpc")) assertEquals(name, server.get("rpc.method"));
    return server;
  }

  /** The server may learn of it in another way than the client, but learns of it. */
  private static void assertEndsEarly(Otlp otlp, App app, String scenario, String status) {
    Trace trace = called(otlp, app, scenario);
    Span client = rpc(trace, Span.Kind.CLIENT).get(0);
    assertEquals(status, client.get("error.type"), trace::toString);
    String seen = rpc(trace, Span.Kind.SERVER).get(0).text("rpc.response.status_code");
    assertTrue(List.of(status, "CANCELLED").contains(seen), trace::toString);
  }

  private static Trace called(Otlp otlp, App app, String scenario) {
    App.Answer answer = app.get("/call?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    Trace trace =
        otlp.trace(
            answer.traceId(),
            seen -> rpc(seen, Span.Kind.SERVER).size() == 1 && seen.names().contains("GET /call"));
    for (Span.Kind kind : List.of(Span.Kind.CLIENT, Span.Kind.SERVER)) {
      assertEquals(1, rpc(trace, kind).size(), trace::toString);
    }
    return trace;
  }

  private static List<Span> rpc(Trace trace, Span.Kind kind) {
    return trace.where(span -> span.kind() == kind && span.get("rpc.system.name") != null);
  }

  private static void assertMetrics(App app) {
    Metrics metrics = app.metrics();
    List<String> wrong = new ArrayList<>();
    for (String side : List.of("server", "client")) {
      String count = "rpc_" + side + "_call_duration_seconds_count";
      String[] found = {"rpc_system_name", "grpc", "rpc_method", "shop.Stock/Find"};
      if (metrics.value(count, with(found, "OK", "")) != 2) wrong.add(side + " OK");
      if (metrics.value(count, with(found, "UNKNOWN", "UNKNOWN")) != 2)
        wrong.add(side + " UNKNOWN");
      String missing = side.equals("server") ? "_OTHER" : "shop.Stock/Missing";
      if (metrics.value(count, "rpc_method", missing) != 2) wrong.add(side + " " + missing);
    }
    assertEquals(List.of(), wrong, () -> metrics.about("rpc_"));
  }

  private static String[] with(String[] labels, String status, String error) {
    List<String> all = new ArrayList<>(List.of(labels));
    all.addAll(List.of("rpc_response_status_code", status));
    if (!error.isEmpty()) all.addAll(List.of("error_type", error));
    return all.toArray(new String[0]);
  }
}
