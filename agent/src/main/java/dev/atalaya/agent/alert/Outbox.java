package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.Notice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one channel, of each finding the latest state, and what the channel was told.
 *
 * <p>There is room for as many findings as can fire at once. Should it run out, those go first that
 * only repeat what was told. Guarded by its {@link Delivery}.
 */
final class Outbox {
  static final int MOST_WAITING = 1_000;
  private static final int MOST_TOLD = 2 * MOST_WAITING;

  /** By fingerprint, the next first. */
  private final Map<String, Waiting> waiting = new LinkedHashMap<>();

  /** What the channel knows to fire, by fingerprint. */
  private final Map<String, Notice> told = new LinkedHashMap<>();

  private long sent;
  private long failed;
  private long dropped;

  /** False where it is of no interest: resolved is what the channel never knew to fire. */
  boolean put(Notice notice, long nowMillis) {
    Waiting before = waiting.get(notice.fingerprint);
    if (!notice.resolved) {
      waiting.put(notice.fingerprint, new Waiting(notice, null, nowMillis));
    } else if (before != null) {
      if (before.resolved == null) before.resolved = notice; // after the firing that it ends
    } else if (told.containsKey(notice.fingerprint)) {
      waiting.put(notice.fingerprint, new Waiting(null, notice, nowMillis));
    } else {
      return false;
    }
    if (waiting.size() > MOST_WAITING) makeRoom();
    return true;
  }

  private void makeRoom() {
    String victim = waiting.keySet().iterator().next();
    for (String fingerprint : waiting.keySet()) {
      if (!told.containsKey(fingerprint)) continue;
      victim = fingerprint;
      break;
    }
    waiting.remove(victim);
    dropped++;
  }

  /** What is to be sent next, or null. */
  @Nullable Notice next() {
    return waiting.isEmpty() ? null : waiting.values().iterator().next().next();
  }

  /** What was told of the same finding, or null. */
  @Nullable Notice toldOf(Notice notice) {
    return told.get(notice.fingerprint);
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
    told.remove(notice.fingerprint);
    if (!notice.resolved) told.put(notice.fingerprint, notice);
    if (told.size() > MOST_TOLD) told.remove(told.keySet().iterator().next());
    Waiting known = waiting.get(notice.fingerprint);
    if (known != null && known.without(notice)) waiting.remove(notice.fingerprint);
  }

  /** It is not tried again. */
  void refused(Notice notice) {
    failed++;
    if (notice.resolved) told.remove(notice.fingerprint);
    Waiting known = waiting.get(notice.fingerprint);
    if (known != null && known.holds(notice)) waiting.remove(notice.fingerprint);
  }

  /** It goes behind the others: one that a receiver cannot bear must not block them. */
  void failed(Notice notice) {
    Waiting known = waiting.get(notice.fingerprint);
    if (known == null || !known.holds(notice)) return; // a later state waits in its place
    if (!known.failed) failed++;
    known.failed = true;
    waiting.remove(notice.fingerprint);
    waiting.put(notice.fingerprint, known);
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
