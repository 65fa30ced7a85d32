package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.ProblemEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one channel, of each problem the latest state, and what the channel was told.
 *
 * <p>There is room for as many problems as can fire at once. Should it run out, those go first that
 * only repeat what was told. Guarded by its {@link ChannelSender}.
 */
final class Outbox {
  static final int MOST_WAITING = 1_000;
  private static final int MOST_TOLD = 2 * MOST_WAITING;

  /** By problem, the next first. */
  private final Map<String, PendingAlert> waiting = new LinkedHashMap<>();

  /** What the channel knows to fire, by problem. */
  private final Map<String, ProblemEvent> told = new LinkedHashMap<>();

  private long sent;
  private long failed;
  private long dropped;

  /** False where it is of no interest: a problem is resolved that the channel was not told of. */
  boolean put(ProblemEvent event, long nowMillis) {
    PendingAlert before = waiting.get(event.problem);
    if (!event.resolved) {
      waiting.put(event.problem, new PendingAlert(event, null, nowMillis));
    } else if (before != null) {
      if (before.resolved == null) before.resolved = event; // after the firing that it ends
    } else if (told.containsKey(event.problem)) {
      waiting.put(event.problem, new PendingAlert(null, event, nowMillis));
    } else {
      return false;
    }
    if (waiting.size() > MOST_WAITING) makeRoom();
    return true;
  }

  private void makeRoom() {
    String victim = waiting.keySet().iterator().next();
    for (String problem : waiting.keySet()) {
      if (!told.containsKey(problem)) continue;
      victim = problem;
      break;
    }
    waiting.remove(victim);
    dropped++;
  }

  /** What is to be sent next, or null. */
  @Nullable ProblemEvent next() {
    return waiting.isEmpty() ? null : waiting.values().iterator().next().next();
  }

  /** What was told of the same problem, or null. */
  @Nullable ProblemEvent toldOf(ProblemEvent event) {
    return told.get(event.problem);
  }

  boolean isFiring() {
    return !told.isEmpty();
  }

  /** What the channel knows to fire. */
  List<ProblemEvent> firing() {
    return new ArrayList<>(told.values());
  }

  void forgetBefore(long millis) {
    int before = waiting.size();
    waiting.values().removeIf(one -> one.sinceMillis < millis);
    dropped += before - waiting.size();
  }

  void forgetAll() {
    dropped += waiting.size();
    waiting.clear();
  }

  void delivered(ProblemEvent event) {
    sent++;
    told.remove(event.problem);
    if (!event.resolved) told.put(event.problem, event);
    if (told.size() > MOST_TOLD) told.remove(told.keySet().iterator().next());
    PendingAlert known = waiting.get(event.problem);
    if (known != null && known.without(event)) waiting.remove(event.problem);
  }

  /** It is not tried again. */
  void refused(ProblemEvent event) {
    failed++;
    if (event.resolved) told.remove(event.problem);
    PendingAlert known = waiting.get(event.problem);
    if (known != null && known.holds(event)) waiting.remove(event.problem);
  }

  /** It goes behind the others: one that always fails must not block them. */
  void failed(ProblemEvent event) {
    PendingAlert known = waiting.get(event.problem);
    if (known == null || !known.holds(event)) return; // a later state waits in its place
    if (!known.failed) failed++;
    known.failed = true;
    waiting.remove(event.problem);
    waiting.put(event.problem, known);
  }

  /** How many alerts came to which result. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("sent", sent);
    counts.put("failed", failed);
    counts.put("dropped", dropped);
    return counts;
  }
}
