package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.Alertmanager;
import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Prometheus;
import dev.atalaya.it.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules, and the routes of what they and the agent alert about. */
final class RulesIT {
  private static final String ORDERS = "GET /orders";

  @TempDir Path folder;

  @Test
  void promtool_accepts_the_configuration_and_the_rules() throws Exception {
    Tool promtool = Tool.besides("PROMETHEUS_BIN", "promtool");
    for (List<String> check :
        List.of(
            List.of("check", "config", "prometheus.yml"),
            List.of("check", "rules", "--lint-fatal", "recording.rules.yml", "alerts.rules.yml"))) {
      Tool.Result result = promtool.run(PrometheusFiles.FOLDER, check.toArray(new String[0]));
      assertEquals(0, result.status(), result::output);
      assertFalse(result.output().contains("WARNING"), result::output);
    }
  }

  @Test
  void each_rule_passes_promtools_tests_and_each_alert_fires_in_one_and_not_in_another()
      throws Exception {
    Tool promtool = Tool.besides("PROMETHEUS_BIN", "promtool");
    List<Path> files = testFiles();
    List<String> command = new ArrayList<>(List.of("test", "rules"));
    files.forEach(file -> command.add("tests/" + file.getFileName()));
    Tool.Result result = promtool.run(PrometheusFiles.FOLDER, command.toArray(new String[0]));
    assertEquals(0, result.status(), result::output);

    Set<String> fires = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    Set<String> recorded = new TreeSet<>();
    for (Path file : files) {
      for (JsonNode test : PrometheusFiles.yaml(file).get("tests")) {
        for (JsonNode alert : test.path("alert_rule_test")) {
          boolean none = alert.get("exp_alerts").isEmpty();
          (none ? silent : fires).add(alert.get("alertname").asText());
        }
        for (JsonNode expression : test.path("promql_expr_test")) {
          assertFalse(expression.get("exp_samples").isEmpty(), expression::toString);
          recorded.addAll(new PromQl(expression.get("expr").asText()).selected().keySet());
        }
      }
    }
    Set<String> alerts = names(true);
    assertEquals(alerts, fires);
    alerts.removeAll(silent);
    assertEquals(Set.of(), alerts, "without a test in which they are silent");
    assertEquals(names(false), recorded);
  }

  @Test
  void each_alert_has_a_severity_a_summary_a_description_a_runbook_and_a_dashboard()
      throws IOException {
    String runbook = Files.readString(Path.of("..", "docs", "alerts.md"));
    Set<String> dashboards = new TreeSet<>();
    for (DashboardFile file : DashboardFile.all()) dashboards.add(file.json().get("uid").asText());
    for (PrometheusFiles.Rule rule : PrometheusFiles.rules()) {
      if (!rule.alert()) continue;
      String severity = rule.yaml().at("/labels/severity").asText();
      assertTrue(severity.matches("critical|warning|info"), rule::toString);
      JsonNode notes = rule.yaml().get("annotations");
      assertFalse(notes.path("summary").asText().isBlank(), rule::toString);
      assertFalse(notes.path("description").asText().isBlank(), rule::toString);
      assertEquals(
          "docs/alerts.md#" + rule.name().toLowerCase(Locale.ROOT), notes.get("runbook").asText());
      String word = severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1);
      assertTrue(
          runbook.contains("\n## " + rule.name() + "\n" + word + ". "),
          () -> "docs/alerts.md has no " + word + " " + rule.name());
      assertTrue(
          notes.get("dashboard").asText().matches("/d/(" + String.join("|", dashboards) + ")\\?.*"),
          rule::toString);
    }
  }

  @Test
  void amtool_accepts_the_routes() throws Exception {
    Tool.Result result =
        Tool.besides("ALERTMANAGER_BIN", "amtool")
            .run(AlertmanagerFiles.FOLDER, "check-config", "alertmanager.yml");
    assertEquals(0, result.status(), result::output);
    assertTrue(result.output().contains("1 templates"), result::output);
  }

  @Test
  void notification_says_what_the_rule_knows_and_what_the_agent_knows() throws Exception {
    Path data = folder.resolve("data.json");
    Files.writeString(
        data,
        """
        {"status": "firing", "commonLabels": {"service": "shop", "entry_point": "GET /orders"},
         "alerts": [
          {"status": "firing", "labels": {"severity": "warning"},
           "annotations": {"summary": "again and again", "runbook": "docs/alerts.md#rate"}},
          {"status": "resolved", "labels": {"severity": "critical"},
           "annotations": {"summary": "N+1 GET /orders", "description": "Fetch them in one.",
            "statement": "SELECT items", "call_site": "app.Orders.sku(Orders.java:58)"}}]}
        """);
    Tool.Result result =
        Tool.besides("ALERTMANAGER_BIN", "amtool")
            .run(
                AlertmanagerFiles.FOLDER,
                "template",
                "render",
                "--template.glob=atalaya.tmpl",
                "--template.data=" + data,
                "--template.text={{ template \"atalaya.title\" . }}\n"
                    + "{{ template \"atalaya.text\" . }}");
    assertEquals(
        """
        FIRING 1: shop GET /orders
        firing warning: again and again
        runbook: docs/alerts.md#rate

        resolved critical: N+1 GET /orders
        Fetch them in one.
        statement: SELECT items
        line: app.Orders.sku(Orders.java:58)
        """
            .strip(),
        result.output().strip());
  }

  @ParameterizedTest
  @CsvSource({
    "chat,       alertname=AtalayaNPlusOneRate service=orders severity=warning entry_point=GET",
    "chat,       alertname=AtalayaNPlusOne service=orders severity=warning problem=p1-0",
    "pager,      alertname=AtalayaSlowQuery service=orders severity=critical kind=slow_query",
    "pager,      alertname=AtalayaDown service=orders severity=critical instance=a:9464",
    "shop-chat,  alertname=AtalayaPoolNearlyFull service=shop severity=warning instance=a:9464",
    "shop-chat,  alertname=AtalayaNPlusOneCache service=shop severity=warning problem=p1-0",
    "shop-pager, alertname=AtalayaErrorBudgetBurnsFast service=shop severity=critical slo=latency",
    "shop-pager, alertname=AtalayaNPlusOne service=shop severity=critical problem=p1-0",
    "digest,     alertname=AtalayaChatty service=shop severity=info problem=p1-0",
    "digest,     alertname=AtalayaServiceLabelDiffers service=orders severity=info",
  })
  void alert_goes_to(String receiver, String labels) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "config",
                "routes",
                "test",
                "--config.file=alertmanager.yml",
                "--verify.receivers=" + receiver));
    command.addAll(List.of(labels.split(" ")));
    Tool.Result result =
        Tool.besides("ALERTMANAGER_BIN", "amtool")
            .run(AlertmanagerFiles.FOLDER, command.toArray(new String[0]));
    assertEquals(0, result.status(), result::output);
  }

  @Test
  void alert_of_a_rule_and_the_agents_own_meet_in_one_group_and_the_worse_hides_the_lesser()
      throws Exception {
    Path rules = Files.createDirectory(folder.resolve("prometheus"));
    Path routes = Files.createDirectory(folder.resolve("alertmanager"));
    try (Notifications notifications = new Notifications()) {
      AlertmanagerFiles.quick(routes, notifications);
      try (Alertmanager alertmanager = Alertmanager.configured(routes);
          App app = orders(alertmanager)) {
        PrometheusFiles.quick(rules, "shop", app.metricsPort(), alertmanager.port());
        try (Prometheus prometheus = Prometheus.configured(rules)) {
          // It looks for its targets every five seconds.
          assertTrue(Otlp.await(() -> prometheus.query("up{service=\"shop\"}") == 1));
          boolean raised =
              Otlp.await(
                  () -> {
                    app.plain("/orders?n=12");
                    return state(alertmanager, "AtalayaNPlusOneRate").equals("active");
                  });
          assertTrue(raised, () -> prometheus.alerts() + "\n" + app.agentLines());
          Map<String, String> group = Map.of("service", "shop", "entry_point", ORDERS);
          Set<String> both = Set.of("AtalayaNPlusOne", "AtalayaNPlusOneRate");
          boolean told =
              Otlp.await(
                  () ->
                      notifications.to("shop-chat").stream()
                          .filter(one -> labels(one.get("groupLabels")).equals(group))
                          .anyMatch(one -> names(one.get("alerts")).containsAll(both)));
          assertTrue(told, () -> alertmanager.groups() + "\n" + prometheus.alerts());
          assertEquals(List.of(), notifications.to("chat"));

          app.plain("/orders?n=12&nap=100");
          boolean paged =
              Otlp.await(
                  () ->
                      notifications.to("shop-pager").stream()
                          .filter(one -> labels(one.get("groupLabels")).equals(group))
                          .anyMatch(
                              one -> names(one.get("alerts")).contains("AtalayaSlowRequest")));
          assertTrue(paged, () -> alertmanager.groups() + app.agentLines());
          for (String lesser : both) {
            assertTrue(
                Otlp.await(() -> state(alertmanager, lesser).equals("suppressed")),
                () -> lesser + " in " + alertmanager.alerts());
          }
          assertEquals("active", state(alertmanager, "AtalayaSlowRequest"));
        }
      }
    }
  }

  private static App orders(Alertmanager alertmanager) {
    App app =
        App.main("app.OrdersApp")
            .libraries("com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1")
            .agent(null)
            .property("otel.service.name", "shop")
            .property("atalaya.alert.alertmanager.url", alertmanager.url())
            .property("atalaya.slow.request.threshold", "200ms") // critical at five times that
            .start();
    // Cold, twelve items could cost enough to be critical.
    for (int i = 0; i < 20; i++) app.plain("/orders?n=4");
    return app;
  }

  private static String state(Alertmanager alertmanager, String name) {
    return alertmanager.alerts().stream()
        .filter(alert -> alert.at("/labels/alertname").asText().equals(name))
        .map(alert -> alert.at("/status/state").asText())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static Set<String> names(JsonNode alerts) {
    Set<String> names = new TreeSet<>();
    alerts.forEach(alert -> names.add(alert.at("/labels/alertname").asText()));
    return names;
  }

  private static Map<String, String> labels(JsonNode node) {
    return node.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().asText()));
  }

  private static Set<String> names(boolean alerts) throws IOException {
    Set<String> names = new TreeSet<>();
    for (PrometheusFiles.Rule rule : PrometheusFiles.rules()) {
      if (rule.alert() == alerts) names.add(rule.name());
    }
    return names;
  }

  private static List<Path> testFiles() throws IOException {
    try (Stream<Path> files = Files.list(PrometheusFiles.FOLDER.resolve("tests"))) {
      return files.sorted().toList();
    }
  }
}
