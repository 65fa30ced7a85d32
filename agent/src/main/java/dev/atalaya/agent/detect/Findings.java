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

  private final Map<String, Finding> byFingerprint = new ConcurrentHashMap<>();
  private final Map<String, List<Finding>> byEntryPoint = new HashMap<>();
  private final AtomicLong refused = new AtomicLong();

  public Findings(Rules rules, Service service, Counters counters, Consumer<ProblemEvent> events) {
    this(rules, service, counters, events, System::currentTimeMillis);
  }

  Findings(
      Rules rules,
      Service service,
      Counters counters,
      Consumer<ProblemEvent> events,
      LongSupplier clock) {
    this.clock = clock;
    this.service = service;
    this.counters = counters;
    this.json = new FindingJson(service, rules);
    this.problems = new Problems(rules, service, events, json, clock);
  }

  // ---- For any thread --------------------------------------------------------------------------

  /** The latest seen first. */
  public List<Map<String, Object>> list() {
    MostFirst<Finding> all = new MostFirst<>();
    for (Finding finding : byFingerprint.values()) all.add(finding, finding.lastSeenMillis);
    List<Map<String, Object>> list = new ArrayList<>();
    for (Finding finding : all.list()) list.add(json.of(finding));
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
    Finding finding = byFingerprint.get(fingerprint);
    if (finding == null) return;
    finding.planSuggestion = suggestion;
    finding.plan = plan;
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
    Finding finding = byFingerprint.get(occurrence.fingerprint);
    boolean isNew = finding == null;
    if (finding == null) {
      if (byFingerprint.size() >= MOST && !makeRoom()) {
        refused.incrementAndGet();
        return;
      }
      finding = new Finding(occurrence, problems.of(occurrence), now);
    }
    boolean returns = finding.isResolved();
    finding.add(occurrence, again, now);
    finding.resolvedMillis = 0;
    Severity severity = finding.severity();
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
      finding.wasted(wasted);
      occurrence.countedNanos = occurrence.wastedInAllNanos;
    }
    if (isNew) show(finding);
    problems.seen(finding, again);
  }

  /** Called once it is counted, so that other threads see no finding without figures. */
  private void show(Finding finding) {
    finding.problem.add(finding);
    byFingerprint.put(finding.fingerprint, finding);
    byEntryPoint.computeIfAbsent(finding.entryPoint, made -> new ArrayList<>(1)).add(finding);
  }

  /** A unit of work ended; {@code found} is what was found in it. */
  void ended(String entryPoint, Iterable<Occurrence> found) {
    List<Finding> here = byEntryPoint.get(entryPoint);
    if (here == null) return;
    for (Finding finding : here) {
      boolean clean = true;
      for (Occurrence one : found) clean &= !one.fingerprint.equals(finding.fingerprint);
      if (clean && !finding.isResolved() && ++finding.clean >= CLEAN) resolve(finding);
    }
  }

  /** Resolves what was not seen for a day, and removes what was resolved an hour ago. */
  void sweep() {
    long now = clock.getAsLong();
    for (Finding finding : byFingerprint.values()) {
      if (!finding.isResolved() && now - finding.lastSeenMillis > DAY) resolve(finding);
      if (finding.isResolved() && now - finding.resolvedMillis > KEPT) remove(finding);
    }
  }

  /** Lets go of the finding that was resolved first; false where none is. */
  private boolean makeRoom() {
    Finding oldest = null;
    for (Finding finding : byFingerprint.values()) {
      boolean older = oldest == null || finding.resolvedMillis < oldest.resolvedMillis;
      if (finding.isResolved() && older) oldest = finding;
    }
    if (oldest == null) return false;
    remove(oldest);
    return true;
  }

  private void resolve(Finding finding) {
    finding.resolvedMillis = clock.getAsLong();
    problems.resolved(finding);
  }

  private void remove(Finding finding) {
    byFingerprint.remove(finding.fingerprint);
    problems.remove(finding);
    List<Finding> here =
        byEntryPoint.getOrDefault(finding.entryPoint, Collections.<Finding>emptyList());
    for (Iterator<Finding> all = here.iterator(); all.hasNext(); ) {
      if (all.next() == finding) all.remove();
    }
    if (here.isEmpty()) byEntryPoint.remove(finding.entryPoint);
  }
}
