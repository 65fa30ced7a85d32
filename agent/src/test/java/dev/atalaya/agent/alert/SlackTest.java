package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.detect.ProblemEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackTest {
  private Inbox inbox;
  private Slack slack;

  @BeforeEach
  void start() throws IOException {
    inbox = new Inbox();
    slack = new Slack(HttpEndpoint.of(inbox.url() + "/services/T0/B0/s3cret"));
  }

  @AfterEach
  void stop() {
    inbox.close();
  }

  @Test
  void message_says_what_where_why_and_what_to_do() throws Exception {
    slack.send(ProblemEvents.of("a").firing(), null);

    assertEquals("/services/T0/B0/s3cret", inbox.taken.get(0).getUrl().encodedPath());
    assertEquals("warning: N+1 GET /orders: SELECT item x20 [a]", inbox.json(0).get("text"));
    assertEquals(
        List.of(
            "*warning: n plus one* in `GET /orders`",
            "shop",
            "*Statement*\n```SELECT * FROM test_items WHERE order_id = ?```",
            "*After*\n```SELECT * FROM test_orders (20 rows)```",
            "*At*\n```test.OrderService.list(OrderService.java:42)```",
            "*Cost*\n20 times, 20 at most; 79.8 of 84 ms could be saved",
            "*To do*\nNothing: this is a test of alerts, sent by hand. No such query ran.",
            "<http://jaeger:16686/trace/4bf92f?a=1&amp;b=2|Trace>"),
        blocks());
  }

  @Test
  void other_entry_points_are_named() throws Exception {
    slack.send(ProblemEvents.of("a").alsoAt("GET /a", "b").alsoAt("GET /b", "c").firing(), null);

    assertTrue(blocks().contains("and in `GET /a, GET /b`"), blocks()::toString);
  }

  @Test
  void what_slack_would_read_as_markup_is_escaped() throws Exception {
    ProblemEvent event =
        ProblemEvents.of("<a&b>")
            .with(
                "operation", Map.of("text", "SELECT `a` FROM b WHERE c < ? && d > ? -- ```<!here>"))
            .with("suggestion", "List<Order> & more")
            .firing();
    slack.send(event, null);

    assertTrue(inbox.json(0).get("text").toString().endsWith("[&lt;a&amp;b&gt;]"));
    assertTrue(
        blocks()
            .contains(
                "*Statement*\n```SELECT `a` FROM b WHERE c &lt; ? &amp;&amp; d &gt; ? --"
                    + " '''&lt;!here&gt;```"));
    assertTrue(blocks().contains("*To do*\nList&lt;Order&gt; &amp; more"));
  }

  @Test
  void what_is_unseen_is_written_out() throws Exception {
    ProblemEvents event =
        ProblemEvents.of("a\n*critical*").with("suggestion", "first\nsecond\u202e");
    slack.send(event.with("operation", Map.of("text", "SELECT \"a\u001b[2J\"")).firing(), null);

    assertTrue(inbox.json(0).get("text").toString().endsWith("[a\\n*critical*]"));
    assertTrue(blocks().contains("*To do*\nfirst\nsecond\\u202e"), blocks().toString());
    assertTrue(blocks().contains("*Statement*\n```SELECT \"a\\u001b[2J\"```"));
  }

  @Test
  void no_block_is_longer_than_slack_takes() throws Exception {
    slack.send(ProblemEvents.of("a").with("suggestion", "&".repeat(5_000)).firing(), null);
    slack.send(
        ProblemEvents.of("a").with("suggestion", "\uD83D\uDE00a".repeat(5_000)).firing(), null);
    slack.send(ProblemEvents.of("a").with("suggestion", "\u202e".repeat(5_000)).firing(), null);

    for (String text : blocks()) assertTrue(text.length() <= 3_000, text);
    assertFalse(inbox.body(1).contains("\\ud83d..."), "half a character");
  }

  @Test
  void what_a_finding_does_not_have_is_left_out() throws Exception {
    ProblemEvents slow = ProblemEvents.of("a").with("operation", null).with("cause", null);
    slow.with("call_site", null).with("slow", Map.of("duration_ms", 2300.0, "threshold_ms", 2000));
    slack.send(slow.firing(), null);

    assertEquals(5, blocks().size(), blocks().toString());
    assertTrue(blocks().contains("*Cost*\n2300 ms, more than 2000 ms"), blocks().toString());
  }

  @Test
  void resolved_is_short() throws Exception {
    slack.send(ProblemEvents.of("a").resolved(), null);

    assertEquals("resolved: N+1 GET /orders: SELECT item x20 [a]", inbox.json(0).get("text"));
    assertEquals(List.of("*resolved: n plus one* in `GET /orders`", "shop"), blocks());
  }

  @Test
  void path_is_never_shown() {
    inbox.status = 404;
    inbox.answer = "no /services/T0/B0/s3cret here";

    IOException failure =
        assertThrows(IOException.class, () -> slack.send(ProblemEvents.of("a").firing(), null));
    assertEquals("404 no /... here", failure.getMessage());
    assertEquals(inbox.url() + "/...", slack.address());
  }

  /** Of the last message. */
  private List<String> blocks() {
    List<String> texts = new ArrayList<>();
    Object blocks = inbox.json(inbox.taken.size() - 1).get("blocks");
    for (Object block : (List<?>) blocks) {
      assertEquals("section", ((Map<?, ?>) block).get("type"));
      Map<?, ?> text = (Map<?, ?>) ((Map<?, ?>) block).get("text");
      assertEquals("mrkdwn", text.get("type"));
      texts.add(text.get("text").toString());
    }
    return texts;
  }
}
