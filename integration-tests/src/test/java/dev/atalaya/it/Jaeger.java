package dev.atalaya.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A real Jaeger. */
public final class Jaeger implements AutoCloseable {
  private final int otlpPort = App.freePort();
  private final int grpcPort = App.freePort();
  private final int queryPort = App.freePort();
  private final Program program;

  private Jaeger(Path folder, String store) throws IOException {
    Files.writeString(
        folder.resolve("jaeger.yaml"),
        """
        service:
          extensions: [jaeger_storage, jaeger_query]
          pipelines:
            traces:
              receivers: [otlp]
              exporters: [jaeger_storage_exporter]
          telemetry:
            metrics:
              level: none
            logs:
              level: warn
        extensions:
          jaeger_storage:
            backends:
              store:
                %s
          jaeger_query:
            storage:
              traces: store
            http:
              endpoint: 127.0.0.1:%d
            grpc:
              endpoint: 127.0.0.1:%d
        receivers:
          otlp:
            protocols:
              http:
                endpoint: 127.0.0.1:%d
              grpc:
                endpoint: 127.0.0.1:%d
        exporters:
          jaeger_storage_exporter:
            trace_storage: store
        """
            .formatted(store, queryPort, App.freePort(), otlpPort, grpcPort));
    program =
        Program.start(
            "JAEGER_BIN",
            "jaegertracing/jaeger:2.13.0",
            folder,
            "jaeger.yaml",
            "--config",
            "CONFIG");
    program.awaitReady("http://127.0.0.1:" + queryPort + "/api/services");
  }

  public static Jaeger start(Path folder) throws IOException {
    return new Jaeger(folder, "memory: {max_traces: 20000}");
  }

  /** With a store that has an index, as those on disk: the one in memory finds no error=true. */
  public static Jaeger onDisk(Path folder) throws IOException {
    return new Jaeger(folder, "badger: {ephemeral: true}");
  }

  public String endpoint() {
    return "http://127.0.0.1:" + otlpPort;
  }

  public String grpcEndpoint() {
    return "http://127.0.0.1:" + grpcPort;
  }

  public List<String> services() throws IOException {
    List<String> names = new ArrayList<>();
    json("/api/services").get("data").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** The spans of a trace, in Jaeger's JSON, once there are at least so many. */
  public JsonNode spans(String traceId, int atLeast) throws IOException {
    String path = "/api/traces/" + traceId;
    Otlp.await(
        () -> {
          HttpResponse<String> answer = Program.get("http://127.0.0.1:" + queryPort + path);
          return answer.statusCode() == 200
              && answer.body().split("\"spanID\"").length > 2 * atLeast - 1;
        });
    return json(path).get("data").get(0).get("spans");
  }

  /** Ids of the traces in which a span of the service has the tag, on itself or on an event. */
  public Set<String> search(String service, String tag, String value) {
    String tags = URLEncoder.encode("{\"" + tag + "\":\"" + value + "\"}", StandardCharsets.UTF_8);
    try {
      Set<String> ids = new HashSet<>();
      json("/api/traces?service=" + service + "&lookback=1h&limit=100&tags=" + tags)
          .get("data")
          .forEach(trace -> ids.add(trace.get("traceID").asText()));
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a trace as it takes what is exported, here OTLP in JSON. */
  public void take(String otlpJson) throws IOException {
    read(Program.postJson(endpoint() + "/v1/traces", otlpJson));
  }

  /** The spans that the page shows of a file of OTLP in JSON that somebody opens in it. */
  public JsonNode opened(String otlpJson) throws IOException {
    return read(Program.postJson("http://127.0.0.1:" + queryPort + "/api/transform", otlpJson))
        .at("/data/0/spans");
  }

  private JsonNode json(String path) throws IOException {
    return read(Program.get("http://127.0.0.1:" + queryPort + path));
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          answer.uri() + ": " + answer.statusCode() + " " + answer.body());
    }
    return new ObjectMapper().readTree(answer.body());
  }

  @Override
  public void close() {
    program.close();
  }
}
