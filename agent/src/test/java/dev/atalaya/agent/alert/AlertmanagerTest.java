package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerTest {
  private static final ProblemEvent FIRING =
      ProblemEvents.of("a").with("first_seen", "2026-01-31T10:00:00Z").firing();

  private Inbox inbox;
  private Alertmanager alertmanager;

  @BeforeEach
  void start() throws IOException {
    inbox = new Inbox();
    alertmanager = new Alertmanager(HttpEndpoint.below(inbox.url() + "/am/", "/api/v2/alerts"));
  }

  @AfterEach
  void stop() {
    inbox.close();
  }

  @Test
  void alert_has_labels_to_route_by_and_the_rest_as_annotations() throws Exception {
    Instant before = Instant.now();
    alertmanager.send(FIRING, null);

    assertEquals("/am/api/v2/alerts", inbox.taken.get(0).getUrl().encodedPath());
    assertEquals(1, inbox.array(0).size());
    Map<String, Object> alert = inbox.array(0).get(0);
    assertEquals(
        Map.of(
            "alertname", "AtalayaNPlusOne",
            "service", "shop",
            "entry_point", "GET /orders",
            "kind", "n_plus_one",
            "severity", "warning",
            "problem", "a"),
        alert.get("labels"));
    Map<Object, Object> annotations = new HashMap<>((Map<?, ?>) alert.get("annotations"));
    assertEquals("http://jaeger:16686/trace/4bf92f?a=1&b=2", annotations.remove("trace_url"));
    assertEquals(
        Map.of(
            "summary", "N+1 GET /orders: SELECT item x20 [a]",
            "description", "Nothing: this is a test of alerts, sent by hand. No such query ran.",
            "statement", "SELECT * FROM test_items WHERE order_id = ?",
            "cause", "SELECT * FROM test_orders (20 rows)",
            "call_site", "test.OrderService.list(OrderService.java:42)",
            "count", "20",
            "cost", "20 times, 20 at most; 79.8 of 84 ms could be saved",
            "occurrences", "1",
            "entry_points", "GET /orders",
            "fingerprints", "n1-v2-1"),
        annotations);
    assertEquals("http://jaeger:16686/trace/4bf92f?a=1&b=2", alert.get("generatorURL"));
    assertEquals("2026-01-31T10:00:00Z", alert.get("startsAt"));
    Instant ends = Instant.parse(alert.get("endsAt").toString());
    assertFalse(ends.isBefore(before.plusSeconds(299)), ends.toString());
    assertFalse(ends.isAfter(Instant.now().plusSeconds(300)), ends.toString());
  }

  @Test
  void entry_points_and_fingerprints_are_annotations_and_the_labels_stay() throws Exception {
    alertmanager.send(ProblemEvents.of("a").alsoAt("GET /analytics", "n1-v2-2").firing(), FIRING);

    Map<String, Object> alert = inbox.array(0).get(0);
    assertEquals("GET /orders", label(alert, "entry_point"));
    Map<?, ?> annotations = (Map<?, ?>) alert.get("annotations");
    assertEquals("GET /orders, GET /analytics", annotations.get("entry_points"));
    assertEquals("n1-v2-1, n1-v2-2", annotations.get("fingerprints"));
  }

  @Test
  void rows_that_a_join_may_have_multiplied_are_said_to_be_such() throws Exception {
    Map<String, Object> cause = Map.of("text", "SELECT a", "rows_typical", 60, "joined", true);
    alertmanager.send(ProblemEvents.of("a").with("cause", cause).firing(), FIRING);

    Map<?, ?> annotations = (Map<?, ?>) inbox.array(0).get(0).get("annotations");
    assertEquals("SELECT a (60 rows of a join)", annotations.get("cause"));
  }

  @Test
  void each_kind_has_its_name() throws Exception {
    alertmanager.send(ProblemEvents.of("a").kind(Kind.SLOW_QUERY).firing(), null);
    alertmanager.send(ProblemEvents.of("a").kind(Kind.N_PLUS_ONE_HTTP).firing(), null);

    assertEquals("AtalayaSlowQuery", label(inbox.array(0).get(0), "alertname"));
    assertEquals("AtalayaNPlusOneHttp", label(inbox.array(1).get(0), "alertname"));
  }

  @Test
  void resolved_ends_now() throws Exception {
    alertmanager.send(ProblemEvents.of("a").resolved(), FIRING);

    assertTrue(isOver(inbox.array(0).get(0)));
  }

  @Test
  void no_alert_ends_before_it_starts() throws Exception {
    String future = Instant.now().plus(Duration.ofHours(1)).toString();
    alertmanager.send(ProblemEvents.of("a").with("first_seen", future).resolved(), null);
    alertmanager.send(ProblemEvents.of("a").with("first_seen", "yesterday").resolved(), null);

    for (int i = 0; i < 2; i++) {
      Map<String, Object> alert = inbox.array(i).get(0);
      assertEquals(alert.get("endsAt"), alert.get("startsAt"));
    }
  }

  @Test
  void what_became_worse_ends_as_it_was_before() throws Exception {
    ProblemEvent worse =
        ProblemEvents.of("a").severity(Severity.CRITICAL).before(Severity.WARNING).firing();
    alertmanager.send(worse, null);
    alertmanager.send(worse, FIRING);
    alertmanager.send(worse, worse);

    for (int i = 0; i < 2; i++) {
      List<Map<String, Object>> alerts = inbox.array(i);
      assertEquals(2, alerts.size());
      assertEquals("warning", label(alerts.get(0), "severity"));
      assertTrue(isOver(alerts.get(0)));
      assertEquals("critical", label(alerts.get(1), "severity"));
      assertFalse(isOver(alerts.get(1)));
    }
    assertEquals(1, inbox.array(2).size());
  }

  @Test
  void what_fires_is_sent_again_until_it_is_resolved() throws Exception {
    Alerts alerts = alerts(new Pace(1, 20, 20, 3_600_000));
    alerts.accept(FIRING);
    alerts.accept(ProblemEvents.of("b").firing());
    inbox.await(6);
    assertEquals(List.of("a", "b"), problems(inbox.array(5)));
    assertFalse(isOver(inbox.array(5).get(0)));

    alerts.accept(ProblemEvents.of("a").resolved());
    int then = inbox.taken.size();
    inbox.await(then + 3);
    assertEquals(List.of("b"), problems(inbox.array(then + 2)));

    alerts.accept(ProblemEvents.of("b").resolved());
    alerts.close(1_000);
    assertTrue(isOver(inbox.array(inbox.taken.size() - 1).get(0)));
    assertEquals(4, alerts.counts().get("alertmanager").get("sent"), "reminders do not count");
  }

  @Test
  void what_is_filtered_by_now_is_not_sent_again() throws Exception {
    Options options = options();
    Alerts alerts = new Alerts(options, new Pace(1, 20, 20, 3_600_000));
    alerts.accept(ProblemEvents.of("a").firing());
    alerts.accept(ProblemEvents.of("b").severity(Severity.CRITICAL).firing());
    inbox.await(2);
    options.set(Map.of("atalaya.alert.min_severity", "critical"));
    int then = inbox.taken.size();
    inbox.await(then + 3);
    alerts.close(1_000);

    assertEquals(List.of("b"), problems(inbox.array(then + 2)));
  }

  @Test
  void what_goes_on_is_sent_again_as_it_is_by_then_under_the_same_labels() throws Exception {
    ProblemEvents later =
        ProblemEvents.of("a").alsoAt("POST /late", "n1-v2-2").with("occurrences", 70);
    ProblemEvent first = ProblemEvents.of("a").firing().goesOn(later::firing);
    alertmanager.send(first, null);
    alertmanager.remind(List.of(first));

    Map<String, Object> before = inbox.array(0).get(0);
    Map<String, Object> after = inbox.array(1).get(0);
    assertEquals(before.get("labels"), after.get("labels"));
    assertEquals("GET /orders", annotation(before, "entry_points"));
    assertEquals("GET /orders, POST /late", annotation(after, "entry_points"));
    assertNotEquals("70", annotation(before, "occurrences"));
    assertEquals("70", annotation(after, "occurrences"));
  }

  @Test
  void many_are_sent_in_portions() throws Exception {
    List<ProblemEvent> firing = new ArrayList<>();
    for (int i = 0; i < 45; i++) firing.add(ProblemEvents.of("f" + i).firing());
    alertmanager.remind(firing);

    assertEquals(3, inbox.taken.size());
    assertEquals(20, inbox.array(1).size());
    assertEquals(5, inbox.array(2).size());
  }

  @Test
  void link_that_is_no_url_is_left_out() throws Exception {
    ProblemEvent event =
        new ProblemEvent(
            "a", Kind.CHATTY, "s", "e", Severity.INFO, null, false, "l", "a b", Map.of(), Map.of());
    alertmanager.send(event, null);

    assertFalse(inbox.array(0).get(0).containsKey("generatorURL"));
  }

  private Alerts alerts(Pace pace) {
    return new Alerts(options(), pace);
  }

  private Options options() {
    return Options.read("atalaya.alert.log=false,atalaya.alert.alertmanager.url=" + inbox.url());
  }

  private static Object label(Map<String, Object> alert, String name) {
    return ((Map<?, ?>) alert.get("labels")).get(name);
  }

  private static Object annotation(Map<String, Object> alert, String name) {
    return ((Map<?, ?>) alert.get("annotations")).get(name);
  }

  private static List<Object> problems(List<Map<String, Object>> alerts) {
    List<Object> all = new ArrayList<>();
    for (Map<String, Object> alert : alerts) all.add(label(alert, "problem"));
    return all;
  }

  private static boolean isOver(Map<String, Object> alert) {
    return !Instant.parse(alert.get("endsAt").toString()).isAfter(Instant.now());
  }
}
