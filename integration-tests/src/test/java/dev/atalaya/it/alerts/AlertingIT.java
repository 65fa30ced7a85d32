package dev.atalaya.it.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.Alertmanager;
import dev.atalaya.it.App;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Told;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a request's N+1 to those who are alerted, and what the options change on the way. */
final class AlertingIT {
  private static final String ORDERS = "GET /orders";

  @TempDir Path folder;

  @Test
  void alertmanager_groups_and_silences_a_finding_that_escalates_and_is_resolved()
      throws Exception {
    try (Alertmanager alertmanager = Alertmanager.start(folder);
        App app =
            orders()
                .property("atalaya.alert.alertmanager.url", alertmanager.url())
                .property("atalaya.trace.url", "http://jaeger.example/trace/{traceId}")
                .start()) {
      warmUp(app);
      String traceId = app.get("/orders?n=12").traceId();
      assertTrue(Otlp.await(() -> alertmanager.alerts().size() == 1), app::agentLines);
      JsonNode finding = Told.await(app, ORDERS);
      JsonNode alert = alertmanager.alerts().get(0);
      Map<String, String> labels = new TreeMap<>();
      alert
          .get("labels")
          .fields()
          .forEachRemaining(l -> labels.put(l.getKey(), l.getValue().asText()));
      assertEquals(
          new TreeMap<>(
              Map.of(
                  "alertname", "AtalayaNPlusOne",
                  "service", "orders",
                  "entry_point", ORDERS,
                  "kind", "n_plus_one",
                  "severity", "warning",
                  "problem", finding.get("problem").asText())),
          labels);
      String traceUrl = "http://jaeger.example/trace/" + traceId;
      assertEquals(traceUrl, alert.get("generatorURL").asText());
      JsonNode notes = alert.get("annotations");
      assertTrue(app.errors().contains(notes.get("summary").asText()), notes::toString);
      assertEquals(finding.get("suggestion"), notes.get("description"));
      assertEquals(finding.at("/operation/text"), notes.get("statement"));
      assertEquals(
          "SELECT id FROM orders ORDER BY id LIMIT ? (12 rows)", notes.get("cause").asText());
      assertEquals(Told.place(finding.get("call_site")), notes.get("call_site").asText());
      assertEquals("12", notes.get("count").asText());
      assertEquals("1", notes.get("occurrences").asText());
      assertEquals(ORDERS, notes.get("entry_points").asText());
      assertEquals(finding.get("fingerprint"), notes.get("fingerprints"));
      assertEquals(traceUrl, notes.get("trace_url").asText());
      assertTrue(notes.get("cost").asText().contains("ms could be saved"), notes::toString);

      Map<String, String> group = Map.of("service", "orders", "entry_point", ORDERS);
      assertTrue(Otlp.await(() -> alertmanager.groups().size() == 1));
      for (String label : group.keySet()) {
        assertEquals(
            group.get(label), alertmanager.groups().get(0).at("/labels/" + label).asText());
      }
      alertmanager.silence(group);
      assertTrue(Otlp.await(() -> told(alertmanager).equals("warning suppressed x12")));

      app.get("/orders?n=12&nap=40");
      assertTrue(
          Otlp.await(() -> told(alertmanager).equals("critical suppressed x12")),
          () -> told(alertmanager));
      app.get("/orders?n=48&nap=10");
      app.get("/orders?n=48&nap=10");
      assertTrue(
          Otlp.await(() -> told(alertmanager).equals("critical suppressed x48")),
          () -> told(alertmanager));

      for (int i = 0; i < 199; i++) app.plain("/orders?n=0");
      Otlp.sleep(1_000);
      assertEquals(1, alertmanager.alerts().size());
      app.plain("/orders?n=0");
      assertTrue(Otlp.await(() -> alertmanager.alerts().isEmpty()), app::agentLines);
      assertEquals("resolved", Told.await(app, ORDERS).get("status").asText());
    }
  }

  @Test
  void webhook_that_was_away_gets_the_signed_alert_when_it_is_back() throws Exception {
    try (Webhook webhook = new Webhook();
        App app =
            orders()
                .property("atalaya.alert.webhook.url", webhook.url())
                .property("atalaya.alert.webhook.secret", "s3cret")
                .start()) {
      warmUp(app);
      app.get("/orders?n=12");
      assertTrue(app.says("alerts by webhook to " + webhook.shown() + " fail: Connection refused"));
      webhook.up();
      assertTrue(webhook.await(1, 25), app::agentLines);

      assertTrue(app.says("alerts by webhook work again"), app::agentLines);
      Webhook.Alert alert = webhook.alerts().get(0);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String signature = HexFormat.of().formatHex(mac.doFinal(alert.body()));
      assertEquals("sha256=" + signature, alert.signature());
      assertEquals(Told.await(app, ORDERS), alert.finding());
      assertEquals(
          1, app.metrics().value("atalaya_alerts_total", "channel", "webhook", "result", "sent"));
      assertFalse(app.errors().contains("s3cret"));
    }
  }

  @Test
  void no_request_waits_for_a_receiver_that_never_answers() throws Exception {
    // Never accepted: the system takes the connection, and nobody reads.
    try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        App app =
            orders()
                .property("atalaya.alert.webhook.url", "http://127.0.0.1:" + hanging.getLocalPort())
                .start()) {
      warmUp(app);
      app.get("/orders?n=12");
      Told.await(app, ORDERS);
      Duration longest = Duration.ZERO;
      for (int i = 0; i < 100; i++) {
        long start = System.nanoTime();
        app.get("/orders?n=" + (12 + i)); // worse and worse, so that there is ever more to tell
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(longest) > 0) longest = took;
      }
      assertTrue(longest.toMillis() < 1_500, "the receiver has 5 s to answer: " + longest);
      Told.await(app, ORDERS, one -> one.get("occurrences").asInt() == 101);
      assertTrue(app.stop().toMillis() < 4_000);
    }
  }

  @Test
  void silence_severity_and_slow_queries_are_as_the_file_says_at_that_time() throws Exception {
    Path config = folder.resolve("atalaya.properties");
    configure(config, "atalaya.slow.query.threshold=50ms");
    try (Webhook webhook = new Webhook().up();
        App app =
            orders()
                .property("atalaya.config", config.toString())
                .property("atalaya.alert.webhook.url", webhook.url())
                .start()) {
      warmUp(app);
      app.get("/orders?n=12");
      assertTrue(webhook.await(1, 10));
      app.get("/orders?n=12");
      Told.await(app, ORDERS, one -> one.get("occurrences").asInt() == 2);
      Otlp.sleep(500);
      assertEquals("firing warning x12", webhook.told());

      configure(config, "atalaya.alert.silence=1s");
      untilToldAgain(app, webhook, "/orders?n=12");
      JsonNode again = webhook.alerts().get(1).finding();
      assertTrue(again.get("occurrences").asInt() > 2, again::toString);

      configure(
          config,
          "atalaya.alert.silence=1s",
          "atalaya.alert.min_severity=critical",
          "atalaya.slow.query.threshold=50ms",
          "atalaya.alert.slow_query.enabled=false");
      Otlp.sleep(6_000); // the file is looked at every 5 s
      int before = webhook.alerts().size();
      app.get("/orders?n=12");
      app.get("/report?nap=300");
      JsonNode slow = Told.await(app, "GET /report");
      assertEquals("critical", slow.get("severity").asText());
      Otlp.sleep(500);
      assertEquals(before, webhook.alerts().size(), webhook::told);

      configure(config, "atalaya.slow.query.threshold=50ms");
      untilToldAgain(app, webhook, "/report?nap=300");
      JsonNode last = webhook.alerts().get(webhook.alerts().size() - 1).finding();
      assertEquals("slow_query", last.get("kind").asText());
      assertEquals(50, last.at("/slow/threshold_ms").asInt());
    }
  }

  @Test
  void without_sampling_findings_metrics_and_alerts_are_the_same_and_their_traces_are_kept()
      throws Exception {
    try (Webhook webhook = new Webhook().up();
        Otlp otlp = Otlp.http();
        App app =
            orders(otlp)
                .property("otel.traces.sampler", "always_off")
                .property("atalaya.alert.webhook.url", webhook.url())
                .start()) {
      warmUp(app);
      app.plain("/orders?n=12");
      assertTrue(webhook.await(1, 10), app::agentLines);
      JsonNode finding = Told.await(app, ORDERS);
      Told.assertLogged(app, finding);
      Told.assertTraced(otlp, finding);
      Set<String> exported = Set.copyOf(otlp.spans().stream().map(Span::traceId).toList());
      assertEquals(Set.of(finding.get("trace_ids").get(0).asText()), exported);
      assertEquals(finding, webhook.alerts().get(0).finding());
      Metrics metrics = app.metrics();
      String[] route = {"http_route", "/orders"};
      assertEquals(
          WARM_UPS + 1, metrics.value("http_server_request_duration_seconds_count", route));
      assertEquals(
          1,
          metrics.value(
              "atalaya_findings_total",
              "entry_point",
              ORDERS,
              "kind",
              "n_plus_one",
              "severity",
              "warning",
              "db_system_name",
              "h2database"));
      assertEquals(1, metrics.value("atalaya_verdicts_total", "verdict", "n_plus_one"));
    }
  }

  private static final int WARM_UPS = 20;

  /** Four items are none too many; cold, twelve could cost enough to be critical. */
  private static void warmUp(App app) {
    for (int i = 0; i < WARM_UPS; i++) app.plain("/orders?n=4");
  }

  /** The path is asked for until one more alert is there. */
  private static void untilToldAgain(App app, Webhook webhook, String path) {
    int before = webhook.alerts().size();
    boolean told =
        Otlp.await(
            () -> {
              app.get(path);
              return webhook.await(before + 1, 1);
            });
    assertTrue(told, () -> webhook.told() + app.agentLines());
  }

  private static void configure(Path config, String... lines) throws IOException {
    Files.write(config, List.of(lines));
  }

  private static String told(Alertmanager alertmanager) {
    StringBuilder told = new StringBuilder();
    for (JsonNode alert : alertmanager.alerts()) {
      told.append(told.length() == 0 ? "" : ", ")
          .append(alert.at("/labels/severity").asText())
          .append(' ')
          .append(alert.at("/status/state").asText())
          .append(" x")
          .append(alert.at("/annotations/count").asText());
    }
    return told.toString();
  }

  private static App.Launch orders() {
    return orders(null);
  }

  private static App.Launch orders(Otlp otlp) {
    return App.main("app.OrdersApp")
        .libraries("com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1")
        .agent(otlp)
        .property("otel.service.name", "orders");
  }
}
