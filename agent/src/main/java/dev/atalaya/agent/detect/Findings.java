package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All findings, from the first sight to an hour after they were resolved: by 200 units of work of
 * their entry point without them, or by a day without. Changed by the worker alone, read by any
 * thread.
 */
public final class Findings {
  private static final int MOST = 1_000;
  private static final int CLEAN = 200;
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final long KEPT = TimeUnit.HOURS.toMillis(1);

  private final Service service;
  private final Counters counters;
  private final FindingJson json;
  private final Problems problems;

  /** Milliseconds since 1970. */
  private final LongSupplier clock;

  private final Map<String, Live> byFingerprint = new ConcurrentHashMap<>();
  private final Map<String, List<Live>> byEntryPoint = new HashMap<>();
  private final AtomicLong refused = new AtomicLong();

  public Findings(Rules rules, Service service, Counters counters, Consumer<Notice> notices) {
    this(rules, service, counters, notices, System::currentTimeMillis);
  }

  Findings(
      Rules rules,
      Service service,
      Counters counters,
      Consumer<Notice> notices,
      LongSupplier clock) {
    this.clock = clock;
    this.service = service;
    this.counters = counters;
    this.json = new FindingJson(service, rules);
    this.problems = new Problems(rules, service, notices, json, clock);
  }

  // ---- For those who ask -----------------------------------------------------------------------

  /** The latest seen first. */
  public List<Map<String, Object>> list() {
    MostFirst<Live> all = new MostFirst<>();
    for (Live live : byFingerprint.values()) all.add(live, live.lastSeenMillis);
    List<Map<String, Object>> list = new ArrayList<>();
    for (Live live : all.list()) list.add(json.of(live));
    return list;
  }

  /** What is to be mended, the most time wasted first. */
  public List<Map<String, Object>> problems() {
    return problems.list();
  }

  /** Findings that there was no room for. */
  public long refused() {
    return refused.get();
  }

  /** The database's plan for a slow query, and what it suggests. */
  public void plan(String fingerprint, String plan, @Nullable String suggestion) {
    Live live = byFingerprint.get(fingerprint);
    if (live == null) return;
    live.planSuggestion = suggestion;
    live.plan = plan;
  }

  // ---- On the worker's thread ------------------------------------------------------------------

  boolean isEmpty() {
    return byEntryPoint.isEmpty();
  }

  String serviceName() {
    return service.name();
  }

  /**
   * Counts an occurrence, and tells about it where that is due.
   *
   * @param again it was counted before: these are later figures
   */
  void add(Occurrence occurrence, boolean again) {
    long now = clock.getAsLong();
    Live live = byFingerprint.get(occurrence.fingerprint);
    boolean isNew = live == null;
    if (live == null) {
      if (byFingerprint.size() >= MOST && !makeRoom()) {
        refused.incrementAndGet();
        return;
      }
      live = new Live(occurrence, problems.of(occurrence), now);
    }
    boolean returns = live.isResolved();
    live.add(occurrence, again, now);
    live.resolvedMillis = 0;
    Severity severity = live.severity();
    if (!again || returns) {
      Operation operation = occurrence.operation;
      counters.finding(
          occurrence.kind,
          severity,
          occurrence.entryPoint,
          operation != null && operation.family.isDatabase ? operation.system : "");
    }
    long wasted = occurrence.wastedInAllNanos - occurrence.countedNanos;
    if (wasted > 0) {
      counters.wasted(occurrence.kind, occurrence.entryPoint, wasted);
      live.wasted(wasted);
      occurrence.countedNanos = occurrence.wastedInAllNanos;
    }
    if (isNew) show(live);
    problems.seen(live, again);
  }

  /** Once it is counted: who reads on another thread sees no finding without figures. */
  private void show(Live live) {
    live.problem.add(live);
    byFingerprint.put(live.fingerprint, live);
    byEntryPoint.computeIfAbsent(live.entryPoint, made -> new ArrayList<>(1)).add(live);
  }

  /** A unit of work ended; {@code found} is what was found in it. */
  void ended(String entryPoint, Iterable<Occurrence> found) {
    List<Live> here = byEntryPoint.get(entryPoint);
    if (here == null) return;
    for (Live live : here) {
      boolean clean = true;
      for (Occurrence one : found) clean &= !one.fingerprint.equals(live.fingerprint);
      if (clean && !live.isResolved() && ++live.clean >= CLEAN) resolve(live);
    }
  }

  /** Now and then: what is old goes. */
  void sweep() {
    long now = clock.getAsLong();
    for (Live live : byFingerprint.values()) {
      if (!live.isResolved() && now - live.lastSeenMillis > DAY) resolve(live);
      if (live.isResolved() && now - live.resolvedMillis > KEPT) remove(live);
    }
  }

  /** Lets go of the finding that was resolved first; false where none is. */
  private boolean makeRoom() {
    Live oldest = null;
    for (Live live : byFingerprint.values()) {
      boolean older = oldest == null || live.resolvedMillis < oldest.resolvedMillis;
      if (live.isResolved() && older) oldest = live;
    }
    if (oldest == null) return false;
    remove(oldest);
    return true;
  }

  private void resolve(Live live) {
    live.resolvedMillis = clock.getAsLong();
    problems.resolved(live);
  }

  private void remove(Live live) {
    byFingerprint.remove(live.fingerprint);
    problems.remove(live);
    List<Live> here = byEntryPoint.getOrDefault(live.entryPoint, Collections.<Live>emptyList());
    for (Iterator<Live> all = here.iterator(); all.hasNext(); ) {
      if (all.next() == live) all.remove();
    }
    if (here.isEmpty()) byEntryPoint.remove(live.entryPoint);
  }
}
