package dev.atalaya.agent.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.detect.ProblemEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final Outbox outbox = new Outbox();

  @Test
  void latest_state_of_a_problem_waits_in_the_place_of_the_first() {
    ProblemEvent latest = ProblemEvents.of("a").firing();
    outbox.put(ProblemEvents.of("a").firing(), 0);
    outbox.put(ProblemEvents.of("b").firing(), 0);
    outbox.put(latest, 0);

    assertSame(latest, outbox.next());
    assertEquals(List.of("a", "b"), sent());
  }

  @Test
  void end_of_what_was_never_told_comes_after_it() {
    outbox.put(ProblemEvents.of("a").firing(), 0);
    outbox.put(ProblemEvents.of("a").resolved(), 0);

    assertEquals(List.of("a", "a resolved"), sent());
    assertFalse(outbox.isFiring());
  }

  @Test
  void end_is_told_once() {
    outbox.put(ProblemEvents.of("a").firing(), 0);
    outbox.put(ProblemEvents.of("a").resolved(), 0);
    outbox.delivered(outbox.next());
    ProblemEvent end = outbox.next();
    outbox.put(ProblemEvents.of("a").resolved(), 0);
    outbox.delivered(end);

    assertEquals(List.of(), sent());
  }

  @Test
  void what_changed_while_it_was_sent_is_sent_again() {
    ProblemEvent first = ProblemEvents.of("a").firing();
    outbox.put(first, 0);
    ProblemEvent next = outbox.next();
    outbox.put(ProblemEvents.of("a").resolved(), 0);
    outbox.delivered(next);

    assertEquals(List.of("a resolved"), sent());
  }

  @Test
  void a_repeat_makes_room_for_a_first_alert() {
    outbox.put(ProblemEvents.of("old").firing(), 0);
    outbox.put(ProblemEvents.of("told").firing(), 0);
    outbox.delivered(ProblemEvents.of("told").firing());
    outbox.put(ProblemEvents.of("told").firing(), 0);
    for (int i = 0; i < Outbox.MOST_WAITING; i++) outbox.put(ProblemEvents.of("f" + i).firing(), 0);

    assertEquals(2, outbox.counts().get("dropped"));
    List<String> sent = sent();
    assertEquals(Outbox.MOST_WAITING, sent.size());
    assertFalse(sent.contains("told"));
    assertFalse(sent.contains("old"), "the oldest where none is a repeat");
    assertTrue(sent.contains("f0"));
  }

  @Test
  void what_failed_goes_behind_the_others_and_counts_once() {
    outbox.put(ProblemEvents.of("a").firing(), 0);
    outbox.put(ProblemEvents.of("b").firing(), 0);
    ProblemEvent a = outbox.next();
    outbox.failed(a);
    outbox.failed(a);

    assertEquals(1, outbox.counts().get("failed"));
    assertEquals(List.of("b", "a"), sent());
  }

  @Test
  void what_is_too_old_is_dropped() {
    outbox.put(ProblemEvents.of("a").firing(), 10);
    outbox.put(ProblemEvents.of("b").firing(), 20);
    outbox.forgetBefore(20);

    assertEquals(1, outbox.counts().get("dropped"));
    assertEquals(List.of("b"), sent());
  }

  @Test
  void end_of_what_is_unknown_is_of_no_interest() {
    assertFalse(outbox.put(ProblemEvents.of("a").resolved(), 0));
    assertNull(outbox.next());
  }

  private List<String> sent() {
    List<String> sent = new ArrayList<>();
    for (ProblemEvent next; (next = outbox.next()) != null; ) {
      sent.add(next.problem + (next.resolved ? " resolved" : ""));
      outbox.delivered(next);
    }
    return sent;
  }
}
