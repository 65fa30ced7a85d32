package dev.atalaya.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real Alertmanager. */
public final class Alertmanager implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int port = App.freePort();
  private final Program program;

  private Alertmanager(Path folder) throws IOException {
    program =
        Program.start(
            "ALERTMANAGER_BIN",
            "prom/alertmanager:v0.28.1",
            folder,
            "alertmanager.yml",
            "--config.file=CONFIG",
            "--storage.path=data",
            "--cluster.listen-address=",
            "--web.listen-address=127.0.0.1:" + port);
    program.awaitReady(url() + "/-/ready");
  }

  /** It groups alerts by service and entry point. */
  public static Alertmanager start(Path folder) throws IOException {
    return start(folder, null);
  }

  /** The same with a URL that it notifies. */
  public static Alertmanager start(Path folder, String receiver) throws IOException {
    Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: team
          group_by: [service, entry_point]
          group_wait: 200ms
          group_interval: 500ms
        receivers:
          - name: team
        """
            + (receiver == null ? "" : "    webhook_configs: [{url: '" + receiver + "'}]\n"));
    return new Alertmanager(folder);
  }

  /** With the {@code alertmanager.yml} that is there, and what it names. */
  public static Alertmanager configured(Path folder) throws IOException {
    Program.assumeBinary("ALERTMANAGER_BIN");
    return new Alertmanager(folder);
  }

  public int port() {
    return port;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Those that fire, silenced ones too. */
  public List<JsonNode> alerts() {
    return list("alerts");
  }

  /** Each with its {@code labels} and its {@code alerts}. */
  public List<JsonNode> groups() {
    return list("alerts/groups");
  }

  /** Silences all alerts that have these labels, for an hour. */
  public void silence(Map<String, String> labels) throws IOException, InterruptedException {
    ObjectNode silence = JSON.createObjectNode();
    labels.forEach(
        (name, value) ->
            silence
                .withArray("matchers")
                .addObject()
                .put("name", name)
                .put("value", value)
                .put("isRegex", false));
    silence.put("startsAt", Instant.now().toString());
    silence.put("endsAt", Instant.now().plusSeconds(3600).toString());
    silence.put("createdBy", "test").put("comment", "test");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + "/api/v2/silences"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(silence.toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  private List<JsonNode> list(String what) {
    List<JsonNode> list = new ArrayList<>();
    try {
      JSON.readTree(Program.get(url() + "/api/v2/" + what).body()).forEach(list::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return list;
  }

  @Override
  public void close() {
    program.close();
  }
}
