package dev.atalaya.it.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.atalaya.it.Alertmanager;
import dev.atalaya.it.App;
import dev.atalaya.it.Certificates;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.Otlp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts as their receivers see them: the jar's test-alert, and a real Alertmanager. */
final class AlertsIT {
  private static final Map<String, String> LABELS =
      Map.of(
          "alertname", "AtalayaNPlusOne",
          "service", "shop",
          "entry_point", "GET /atalaya-test",
          "kind", "n_plus_one",
          "severity", "warning",
          "problem", "p1-0000000000000000");

  @TempDir Path folder;

  @Test
  void alertmanager_routes_groups_silences_and_resolves_alerts() throws Exception {
    try (Alertmanager alertmanager = Alertmanager.start(folder)) {
      App test = test(alertmanager, "shop");
      String address = "alertmanager " + alertmanager.url() + "/api/v2/alerts: 200";
      assertTrue(test.output().lines().anyMatch(address::equals), test.output());
      test(alertmanager, "billing");

      List<JsonNode> alerts = alertmanager.alerts();
      assertEquals(2, alerts.size(), alerts::toString);
      JsonNode alert = of("shop", alerts);
      assertEquals(LABELS, strings(alert.get("labels")));
      assertTrue(alert.at("/annotations/summary").asText().contains("TEST"), alert::toString);
      assertTrue(alert.at("/annotations/statement").asText().contains("?"), alert::toString);
      Instant ends = Instant.parse(alert.get("endsAt").asText());
      Duration lasts = Duration.between(Instant.now(), ends);
      assertTrue(lasts.toSeconds() > 200 && lasts.toSeconds() <= 300, lasts::toString);

      assertTrue(Otlp.await(() -> alertmanager.groups().size() == 2));
      JsonNode group = of("shop", alertmanager.groups());
      assertEquals(
          Map.of("service", "shop", "entry_point", "GET /atalaya-test"),
          strings(group.get("labels")));
      assertEquals(1, group.get("alerts").size());

      alertmanager.silence(Map.of("service", "shop", "entry_point", "GET /atalaya-test"));
      assertTrue(Otlp.await(() -> state("shop", alertmanager).equals("suppressed")));
      assertTrue(Otlp.await(() -> state("billing", alertmanager).equals("active")));

      test(alertmanager, "shop", "--resolved");
      assertTrue(Otlp.await(() -> alertmanager.alerts().size() == 1));
      assertEquals("billing", alertmanager.alerts().get(0).at("/labels/service").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.atalaya.it.Jvms#releases")
  void webhook_is_told_and_can_check_the_signature(int feature) throws Exception {
    Jvm jvm = Jvms.of(feature);
    List<byte[]> bodies = new CopyOnWriteArrayList<>();
    List<String> signatures = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/in",
        exchange -> {
          bodies.add(exchange.getRequestBody().readAllBytes());
          signatures.add(exchange.getRequestHeaders().getFirst("X-Atalaya-Signature"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      String host = "http://localhost:" + server.getAddress().getPort();
      App test =
          launch(
              jvm,
              "test-alert",
              "atalaya.alert.webhook.url=" + host + "/in",
              "atalaya.alert.webhook.secret=s3cret");

      assertEquals(0, test.join(), () -> test.output() + test.errors());
      assertTrue(test.output().contains("webhook " + host + "/...: 204"), test.output());
      JsonNode finding = new ObjectMapper().readTree(bodies.get(0));
      assertEquals("firing", finding.get("status").asText());
      assertTrue(finding.get("test").asBoolean());
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      assertEquals(
          "sha256=" + HexFormat.of().formatHex(mac.doFinal(bodies.get(0))), signatures.get(0));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void webhook_over_https_is_trusted_as_the_jvm_is_told_to() throws Exception {
    Certificates certificates = Certificates.oneSided(folder);
    Path keys = folder.resolve("server.p12");
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String url = "https://localhost:" + server.getAddress().getPort() + "/";
      App.Launch launch =
          App.jar(App.agentJar()).arguments("test-alert", "atalaya.alert.webhook.url=" + url);
      App unknown = launch.launch();
      assertEquals(1, unknown.join(), unknown::output);
      assertTrue(
          unknown.output().contains("webhook " + url + "...: failed: PKIX"), unknown::output);

      App trusted =
          launch
              .property("javax.net.ssl.trustStore", keys.toString())
              .property("javax.net.ssl.trustStorePassword", "changeit")
              .launch();
      assertEquals(0, trusted.join(), trusted::output);
      assertTrue(trusted.output().contains("webhook " + url + "...: 200"), trusted::output);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void test_alert_says_what_does_not_work_and_no_secret() {
    App test =
        launch(
            Jvm.running(),
            "test-alert",
            "atalaya.alert.log=false",
            "atalaya.alert.webhook.url=http://user:s3cret@localhost:1/in?token=s3cret",
            "atalaya.alert.webhook.secret=s3cret",
            "atalaya.alert.slack.url=http://localhost:1/services/T0/s3cret");

    assertEquals(1, test.join(), test::output);
    assertEquals(
        List.of(
            "webhook http://localhost:1/...: failed: Connection refused",
            "slack http://localhost:1/...: failed: Connection refused"),
        test.output().lines().toList());
    assertEquals("", test.errors());
  }

  @Test
  void test_alert_without_a_channel_says_so() {
    App log = launch(Jvm.running(), "test-alert");
    assertEquals(0, log.join(), log::errors);
    assertTrue(log.output().startsWith("nothing but the log is configured"), log.output());
    assertTrue(log.errors().contains("TEST N+1"), log.errors());

    App none = launch(Jvm.running(), "test-alert", "atalaya.alert.log=false");
    assertEquals(2, none.join());
    assertTrue(none.errors().contains("no channel"), none.errors());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop",
        "shop.url=http://localhost",
        "atalaya.alert.webhok.url=http://localhost",
        "atalaya.alert.slack.url=s3cret"
      })
  void test_alert_with_a_slip_of_the_pen_sends_nothing(String argument) {
    App test = launch(Jvm.running(), "test-alert", argument);

    assertEquals(2, test.join());
    assertEquals(1, test.errors().lines().count(), test.errors());
    assertEquals("", test.output());
    assertFalse(test.errors().contains("s3cret"), test.errors());
  }

  private static App test(Alertmanager alertmanager, String service, String... more) {
    Stream<String> options =
        Stream.of(
            "atalaya.alert.alertmanager.url=" + alertmanager.url() + "/",
            "otel.service.name=" + service);
    App test =
        launch(
            Jvm.running(),
            Stream.of(Stream.of("test-alert"), Stream.of(more), options)
                .flatMap(all -> all)
                .toArray(String[]::new));
    assertEquals(0, test.join(), () -> test.output() + test.errors());
    return test;
  }

  private static App launch(Jvm jvm, String... arguments) {
    return App.jar(App.agentJar()).jvm(jvm).arguments(arguments).launch();
  }

  private static JsonNode of(String service, List<JsonNode> among) {
    return among.stream()
        .filter(one -> one.at("/labels/service").asText().equals(service))
        .findAny()
        .orElseThrow(() -> new AssertionError(service + " is not in " + among));
  }

  private static String state(String service, Alertmanager alertmanager) {
    return of(service, alertmanager.alerts()).at("/status/state").asText();
  }

  private static Map<String, String> strings(JsonNode object) {
    return new ObjectMapper().convertValue(object, Map.class);
  }
}
