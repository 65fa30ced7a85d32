package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one channel, of each problem the latest state, and what the channel was told.
 *
 * <p>There is room for as many problems as can fire at once. Should it run out, those go first that
 * only repeat what was told. Guarded by its {@link Delivery}.
 */
final class Outbox {
  static final int MOST_WAITING = 1_000;
  private static final int MOST_TOLD = 2 * MOST_WAITING;

  /** By problem, the next first. */
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** What the channel knows to fire, by problem. */
  private final Map<String, Notice> told = new LinkedHashMap<>();

  private long sent;
  private long failed;
  private long dropped;

  /** False where it is of no interest: resolved is what the channel never knew to fire. */
  boolean put(Notice notice, long nowMillis) {
    Waiting before = waiting.get(notice.problem);
    if (!notice.resolved) {
      waiting.put(notice.problem, new Waiting(notice, null, nowMillis));
    } else if (before != null) {
      if (before.resolved == null) before.resolved = notice; // after the firing that it ends
    } else if (told.containsKey(notice.problem)) {
      waiting.put(notice.problem, new Waiting(null, notice, nowMillis));
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
  @Nullable Notice next() {
    return waiting.isEmpty() ? null : waiting.values().iterator().next().next();
  }

  /** What was told of the same problem, or null. */
  @Nullable Notice toldOf(Notice notice) {
    return told.get(notice.problem);
  }

  boolean isFiring() {
    return !told.isEmpty();
  }

  /** What the channel knows to fire. */
  List<Notice> firing() {
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

  void delivered(Notice notice) {
    sent++;
    told.remove(notice.problem);
    if (!notice.resolved) told.put(notice.problem, notice);
    if (told.size() > MOST_TOLD) told.remove(told.keySet().iterator().next());
    Waiting known = waiting.get(notice.problem);
    if (known != null && known.without(notice)) waiting.remove(notice.problem);
  }

  /** It is not tried again. */
  void refused(Notice notice) {
    failed++;
    if (notice.resolved) told.remove(notice.problem);
    Waiting known = waiting.get(notice.problem);
    if (known != null && known.holds(notice)) waiting.remove(notice.problem);
  }

  /** It goes behind the others: one that a receiver cannot bear must not block them. */
  void failed(Notice notice) {
    Waiting known = waiting.get(notice.problem);
    if (known == null || !known.holds(notice)) return; // a later state waits in its place
    if (!known.failed) failed++;
    known.failed = true;
    waiting.remove(notice.problem);
    waiting.put(notice.problem, known);
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
