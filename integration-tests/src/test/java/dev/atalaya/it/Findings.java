package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One look at /api/findings. */
public record Findings(List<Finding> all) {
  private static final long PATIENCE_MILLIS = 30_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static Findings of(App app) {
    URI uri = URI.create("http://127.0.0.1:" + app.metricsPort() + "/api/findings");
    try {
      HttpResponse<String> response =
          CLIENT.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(uri + ": " + response.statusCode() + response.body());
      }
      List<Finding> all = new ArrayList<>();
      for (JsonNode finding : JSON.readTree(response.body())) {
        all.add(new Finding(finding));
      }
      return new Findings(all);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no findings on port " + app.metricsPort(), e);
    }
  }

  public List<Finding> at(String entryPoint) {
    return all.stream().filter(f -> f.text("entry_point").equals(entryPoint)).toList();
  }

  /** The only finding of an entry point, once it occurred so often. */
  public static Finding only(App app, String entryPoint, long occurrences) {
    return only(app, entryPoint, finding -> finding.occurrences() >= occurrences);
  }

  /** The only finding of an entry point, once the condition holds. */
  public static Finding only(App app, String entryPoint, Predicate<Finding> condition) {
    Findings found = of(app);
    for (long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        found.at(entryPoint).stream().noneMatch(condition) && System.currentTimeMillis() < end; ) {
      Otlp.sleep(50);
      found = of(app);
    }
    List<Finding> here = found.at(entryPoint);
    Findings last = found;
    assertEquals(1, here.size(), () -> "findings of " + entryPoint + " in " + last);
    assertEquals(true, condition.test(here.get(0)), () -> "not yet, or too often: " + here.get(0));
    return here.get(0);
  }

  /**
   * The only finding of a path that is requested twice: told once, then counted, under the same
   * fingerprint and in the metrics too.
   */
  public static Finding twice(App app, String service, String path) {
    String entryPoint = "GET " + path;
    App.Answer first = app.get(path);
    assertEquals(200, first.status(), first.body());
    Finding once = only(app, entryPoint, 1).wellFormed(service, first.traceId());
    assertEquals(1, once.occurrences(), once::toString);
    App.Answer second = app.get(path);
    assertEquals(200, second.status(), second.body());
    Finding twice = only(app, entryPoint, 2).wellFormed(service, second.traceId());
    assertEquals(2, twice.occurrences(), twice::toString);
    assertEquals(once.fingerprint(), twice.fingerprint());
    Metrics metrics =
        app.metrics(m -> m.value("atalaya_findings_total", "entry_point", entryPoint) >= 2);
    assertEquals(
        2,
        metrics.value(
            "atalaya_findings_total", "kind", twice.text("kind"), "entry_point", entryPoint),
        () -> metrics.about("atalaya_findings"));
    assertEquals(
        2,
        metrics.value("atalaya_findings_total", "entry_point", entryPoint),
        () -> metrics.about("atalaya_findings"));
    return twice;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Finding finding : all) {
      text.append("\n").append(finding.text("entry_point")).append(" ").append(finding.json());
    }
    return text.toString();
  }
}
