package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsTest {
  private static final Pace FAST = new Pace(1, 20, 3_600_000, 3_600_000);

  private Inbox webhook;
  private Options options;
  private Alerts alerts;

  @BeforeEach
  void start() throws Exception {
    webhook = new Inbox();
    open("", FAST);
  }

  private void open(String more, Pace pace) {
    options =
        Options.read(
            "atalaya.alert.log=false,atalaya.alert.webhook.url=" + webhook.url() + "/a" + more);
    assertEquals(List.of(), options.warnings());
    alerts = new Alerts(options, pace);
  }

  @AfterEach
  void stop() {
    alerts.close(1_000);
    webhook.close();
  }

  @Test
  void finding_is_told_with_its_json_and_counted() throws Exception {
    alerts.accept(ProblemEvents.of("a").firing());

    webhook.await(1);
    assertEquals("/a", webhook.taken.get(0).getUrl().encodedPath());
    assertEquals("application/json", webhook.taken.get(0).getHeaders().get("Content-Type"));
    assertEquals("a", webhook.json(0).get("problem"));
    assertEquals("firing", webhook.json(0).get("status"));
    awaitCounts(1, 0, 0);
  }

  @Test
  void a_channel_without_memory_goes_on_later() throws Exception {
    List<String> sent = new java.util.concurrent.CopyOnWriteArrayList<>();
    int[] failing = {5};
    Channel hungry =
        new Channel() {
          @Override
          public String name() {
            return "hungry";
          }

          @Override
          public String address() {
            return "";
          }

          @Override
          public String send(ProblemEvent event, ProblemEvent told) {
            if (failing[0]-- > 0) throw new OutOfMemoryError();
            sent.add(event.problem);
            return "taken";
          }
        };
    ChannelSender sender = new ChannelSender(hungry, event -> true, FAST);
    sender.offer(ProblemEvents.of("a").firing());
    sender.offer(ProblemEvents.of("b").firing());
    for (int i = 0; i < 500 && sent.size() < 2; i++) Thread.sleep(10);
    sender.finish();
    sender.join(1_000);
    assertEquals(Set.of("a", "b"), Set.copyOf(sent));
    assertEquals(2, sender.counts().get("sent"));
  }

  @Test
  void no_thread_runs_before_there_is_something_to_tell() throws Exception {
    Set<Thread> before = threads();
    alerts.accept(ProblemEvents.of("a").severity(Severity.INFO).firing());
    alerts.accept(ProblemEvents.of("a").resolved());
    assertTrue(before.containsAll(threads()));

    alerts.accept(ProblemEvents.of("a").firing());
    webhook.await(1);
    assertFalse(before.containsAll(threads()));
  }

  @Test
  void least_severity_holds_from_the_moment_it_changes() throws Exception {
    alerts.accept(ProblemEvents.of("a").severity(Severity.INFO).firing());
    assertNull(options.set(Map.of("atalaya.alert.min_severity", "info")));
    alerts.accept(ProblemEvents.of("b").severity(Severity.INFO).firing());
    assertNull(options.set(Map.of("atalaya.alert.min_severity", "critical")));
    alerts.accept(ProblemEvents.of("c").firing());
    alerts.accept(ProblemEvents.of("d").severity(Severity.CRITICAL).firing());

    webhook.await(2);
    alerts.close(1_000);
    assertEquals(List.of("b", "d"), webhook.all("problem"));
    awaitCounts(2, 0, 0);
  }

  @Test
  void slow_queries_can_be_left_out() throws Exception {
    assertNull(options.set(Map.of("atalaya.alert.slow_query.enabled", "false")));
    alerts.accept(ProblemEvents.of("a").kind(Kind.SLOW_QUERY).firing());
    alerts.accept(ProblemEvents.of("b").kind(Kind.SLOW_REQUEST).firing());
    alerts.accept(ProblemEvents.of("c").firing());

    webhook.await(2);
    alerts.close(1_000);
    assertEquals(List.of("b", "c"), webhook.all("problem"));
  }

  @Test
  void resolved_is_told_only_after_firing() throws Exception {
    alerts.accept(ProblemEvents.of("a").resolved());
    alerts.accept(ProblemEvents.of("b").firing());
    webhook.await(1);
    // Who was told that it fires is told of its end, whatever is filtered by then.
    assertNull(options.set(Map.of("atalaya.alert.min_severity", "critical")));
    alerts.accept(ProblemEvents.of("b").resolved());
    alerts.accept(ProblemEvents.of("b").resolved());

    alerts.close(1_000);
    assertEquals(List.of("b", "b"), webhook.all("problem"));
    assertEquals(List.of("firing", "resolved"), webhook.all("status"));
  }

  @Test
  void what_fails_at_first_is_tried_three_times() throws Exception {
    open("", new Pace(1, 3_600_000, 3_600_000, 3_600_000));
    webhook.status = 503;
    alerts.accept(ProblemEvents.of("a").firing());

    awaitCounts(0, 1, 0);
    assertEquals(3, webhook.refused.size());
  }

  @Test
  void receiver_that_was_away_gets_each_first_alert_and_its_end() throws Exception {
    int port = webhook.port();
    webhook.close();
    for (String problem : List.of("a", "b", "c")) {
      alerts.accept(ProblemEvents.of(problem).firing());
    }
    Inbox.await("failure", () -> counts().get("failed") >= 1);
    alerts.accept(ProblemEvents.of("b").with("occurrences", 2).firing());
    alerts.accept(ProblemEvents.of("c").resolved());
    Thread.sleep(50); // some rests

    webhook = new Inbox(port);
    webhook.await(4);
    alerts.close(1_000);
    List<String> told = new ArrayList<>();
    for (int i = 0; i < webhook.taken.size(); i++) {
      Map<String, Object> json = webhook.json(i);
      told.add(json.get("problem") + " " + json.get("status") + " " + json.get("occurrences"));
    }
    // One that failed goes behind the others, so their order is not that in which they came.
    assertTrue(told.indexOf("c firing 1.0") < told.indexOf("c resolved 1.0"), told.toString());
    told.sort(null);
    assertEquals(List.of("a firing 1.0", "b firing 2.0", "c firing 1.0", "c resolved 1.0"), told);
  }

  @Test
  void alert_that_the_receiver_refuses_is_not_tried_again() throws Exception {
    webhook.status = 400;
    alerts.accept(ProblemEvents.of("a").firing());
    awaitCounts(0, 1, 0);
    webhook.status = 200;
    alerts.accept(ProblemEvents.of("b").firing());

    webhook.await(1);
    alerts.close(1_000);
    assertEquals(1, webhook.refused.size());
    assertEquals(List.of("b"), webhook.all("problem"));
  }

  @Test
  void alert_that_was_kept_too_long_is_dropped() throws Exception {
    open("", new Pace(1, 5, 3_600_000, 30));
    webhook.status = 500;
    alerts.accept(ProblemEvents.of("a").firing());

    awaitCounts(0, 1, 1);
    webhook.status = 200;
    alerts.accept(ProblemEvents.of("b").firing());
    webhook.await(1);
    assertEquals(List.of("b"), webhook.all("problem"));
  }

  @Test
  void channel_that_does_not_answer_delays_no_other() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      open(",atalaya.alert.slack.url=http://127.0.0.1:" + silent.getLocalPort(), FAST);
      long began = System.nanoTime();
      for (int i = 0; i < 20; i++) alerts.accept(ProblemEvents.of("f" + i).firing());

      webhook.await(20);
      // Slack's own first try waits for an answer until then.
      assertTrue(System.nanoTime() - began < 5_000_000_000L);
      assertEquals(0, alerts.counts().get("slack").get("sent"));
    }
  }

  @Test
  void what_is_queued_goes_out_at_the_end() throws Exception {
    for (int i = 0; i < 20; i++) alerts.accept(ProblemEvents.of("f" + i).firing());

    alerts.close(1_000);
    assertEquals(20, webhook.taken.size());
    alerts.accept(ProblemEvents.of("late").firing());
    assertEquals(20, counts().get("sent"));
  }

  @Test
  void end_does_not_wait_for_a_receiver_that_is_away() throws Exception {
    webhook.headersDelayMillis = 4_000;
    alerts.accept(ProblemEvents.of("a").firing());

    long began = System.nanoTime();
    alerts.close(1_000);
    assertTrue(System.nanoTime() - began < 3_000_000_000L);
  }

  private void awaitCounts(long sent, long failed, long dropped) throws InterruptedException {
    Map<String, Long> expected = Map.of("sent", sent, "failed", failed, "dropped", dropped);
    Inbox.await("" + expected, () -> counts().equals(expected));
  }

  private Map<String, Long> counts() {
    return alerts.counts().get("webhook");
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("atalaya-alert"))
        .collect(Collectors.toSet());
  }
}
