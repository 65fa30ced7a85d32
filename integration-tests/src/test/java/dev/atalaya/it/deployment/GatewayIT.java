package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.atalaya.it.App;
import dev.atalaya.it.Checker;
import dev.atalaya.it.Collector;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * dashboards/collector's two tiers in a real collector: two services send to a gateway, which
 * divides traces among two samplers, which keep what is worth it.
 */
final class GatewayIT {
  private static final int SAMPLED = 0x101;
  private static final int NOT_SAMPLED = 0x100;

  @TempDir static Path folder;

  private static final Otlp[] kept = new Otlp[2];
  private static final Collector[] samplers = new Collector[2];
  private static Collector gateway;
  private static String entrance;
  private static App front;
  private static App back;

  @BeforeAll
  static void start() throws Exception {
    Checker.toolPath("collector");
    int[] ports = {App.freePort(), App.freePort()};
    for (int i = 0; i < 2; i++) {
      kept[i] = Otlp.grpc();
      samplers[i] =
          Collector.built(folder)
              .file("sampler.yaml")
              .file("to-jaeger.yaml")
              .with("OTLP_GRPC", "127.0.0.1:" + ports[i])
              .with("JAEGER", kept[i].endpoint().replace("http://", ""))
              .with("DECISION_WAIT", "3s")
              .with("DECISION_WAIT_AFTER_ROOT", "1s")
              .start("/");
    }
    int port = App.freePort();
    entrance = "http://127.0.0.1:" + port;
    gateway =
        Collector.built(folder)
            .file("gateway.yaml")
            .with("OTLP_HTTP", "127.0.0.1:" + port)
            .with("OTLP_GRPC", "127.0.0.1:" + App.freePort())
            .over(
                """
                exporters:
                  load_balancing:
                    resolver:
                      dns: null
                      static:
                        hostnames: ["127.0.0.1:%d", "127.0.0.1:%d"]
                """
                    .formatted(ports[0], ports[1]))
            .start("/");
    front = app("front");
    back = app("back");
  }

  private static App app(String service) {
    return App.main("app.FindingsApp")
        .release(17)
        .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
        .property("otel.service.name", service)
        .agent(null)
        .property("otel.exporter.otlp.endpoint", entrance)
        .start();
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable one :
        new AutoCloseable[] {front, back, gateway, samplers[0], samplers[1], kept[0], kept[1]}) {
      try {
        if (one != null) one.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void a_finding_keeps_the_whole_trace_across_services_in_one_place() {
    List<String> traces = Stream.generate(() -> front.get("/list").traceId()).limit(12).toList();
    for (String trace : traces) {
      back.plain("/quiet", "traceparent", "00-" + trace + "-" + App.hex(8) + "-01");
    }
    Set<Integer> used = new TreeSet<>();
    for (String trace : traces) {
      assertTrue(Otlp.await(() -> services(trace).size() == 2), () -> trace + services(trace));
      List<Integer> places = places(trace);
      assertEquals(1, places.size(), () -> "one trace in " + places);
      used.addAll(places);
    }
    assertEquals(Set.of(0, 1), used, "traces are divided");
  }

  @Test
  void most_of_what_is_usual_goes() {
    List<String> traces = Stream.generate(() -> front.get("/quiet").traceId()).limit(100).toList();
    String last = front.get("/list").traceId();
    assertTrue(Otlp.await(() -> !places(last).isEmpty()), "the samplers do not decide");
    Otlp.sleep(2_000);
    long seen = traces.stream().filter(trace -> !places(trace).isEmpty()).count();
    assertTrue(seen < 25, () -> seen + " of 100, where 5 are meant to be");
  }

  @Test
  void what_an_agent_kept_against_the_head_sampler_is_kept() throws Exception {
    List<String> against = Stream.generate(() -> App.hex(16)).limit(20).toList();
    List<String> sampled = Stream.generate(() -> App.hex(16)).limit(20).toList();
    for (String trace : sampled) send(trace, SAMPLED);
    for (String trace : against) send(trace, NOT_SAMPLED);
    for (String trace : against) {
      assertTrue(Otlp.await(() -> !places(trace).isEmpty()), trace);
    }
    long others = sampled.stream().filter(trace -> !places(trace).isEmpty()).count();
    assertTrue(others < 10, () -> others + " of 20 that nothing spoke for");
  }

  /** A span without findings, errors or length. */
  private static void send(String traceId, int flags) throws Exception {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpansBuilder()
        .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(traceId)))
        .setSpanId(ByteString.copyFrom(HexFormat.of().parseHex(App.hex(8))))
        .setParentSpanId(ByteString.copyFrom(HexFormat.of().parseHex(App.hex(8))))
        .setName("GET /plain")
        .setStartTimeUnixNano(System.currentTimeMillis() * 1_000_000)
        .setEndTimeUnixNano(System.currentTimeMillis() * 1_000_000 + 1_000)
        .setFlags(flags);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(entrance + "/v1/traces"))
                    .header("Content-Type", "application/x-protobuf")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(request.build().toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer::body);
  }

  /** Which samplers let spans of the trace through. */
  private static List<Integer> places(String traceId) {
    return Stream.of(0, 1).filter(i -> !spans(i, traceId).isEmpty()).toList();
  }

  private static Set<String> services(String traceId) {
    return Stream.of(0, 1)
        .flatMap(i -> spans(i, traceId).stream())
        .map(span -> String.valueOf(span.resource().get("service.name")))
        .collect(Collectors.toSet());
  }

  private static List<Span> spans(int place, String traceId) {
    return kept[place].spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }
}
