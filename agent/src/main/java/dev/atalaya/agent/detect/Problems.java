package dev.atalaya.agent.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All problems, and when they are told about: at first sight, then once per silence; at once when
 * one becomes worse or its typical count doubles; and when all its findings are resolved. A further
 * entry point is not told. Changed by the worker alone, read by any thread.
 */
final class Problems {
  private final Rules rules;
  private final Service service;
  private final Consumer<ProblemEvent> events;
  private final FindingJson findingJson;
  private final ProblemJson problemJson;

  /** Milliseconds since 1970. */
  private final LongSupplier clock;

  private final Map<String, Problem> byId = new ConcurrentHashMap<>();

  Problems(
      Rules rules,
      Service service,
      Consumer<ProblemEvent> events,
      FindingJson json,
      LongSupplier clock) {
    this.rules = rules;
    this.service = service;
    this.events = events;
    this.findingJson = json;
    this.problemJson = new ProblemJson(json);
    this.clock = clock;
  }

  /** The one that has wasted most first, and of those the latest seen. */
  List<Map<String, Object>> list() {
    MostFirst<Problem> bySight = new MostFirst<>();
    for (Problem problem : byId.values()) bySight.add(problem, problem.lastSeenMillis());
    MostFirst<Map<String, Object>> all = new MostFirst<>();
    for (Problem problem : bySight.list()) {
      Map<String, Object> json = problemJson.of(problem);
      if (json != null) all.add(json, problem.wastedNanos());
    }
    return all.list();
  }

  /** The problem of the occurrence, made where it is new. */
  Problem of(Occurrence occurrence) {
    return byId.computeIfAbsent(occurrence.problem, Problem::new);
  }

  void remove(Finding finding) {
    finding.problem.remove(finding);
    if (finding.problem.findings().isEmpty()) byId.remove(finding.problem.id);
  }

  /** Tells where that is due; {@code again}: by later figures of the same unit of work. */
  void seen(Finding finding, boolean again) {
    if (finding.latest.confidence < Confidence.ALERTED) return;
    Problem problem = finding.problem;
    Severity told = problem.toldSeverity;
    boolean isNew = told != null && finding.occurrences == 1;
    // Neither later figures of one unit of work nor a further entry point count as doubled.
    if (again || isNew) problem.toldCount = Math.max(problem.toldCount, finding.countTypical());
    boolean worse = told != null && finding.severity().compareTo(told) > 0;
    boolean doubled =
        told != null
            && !finding.latest.kind.isSlow()
            && finding.countTypical() >= 2 * problem.toldCount;
    long now = clock.getAsLong();
    boolean due = told == null || now - problem.toldMillis >= rules.silenceNanos() / 1_000_000;
    if (!worse && !doubled && !due) return;
    Finding lead = Problem.lead(problem.findings(), Confidence.ALERTED);
    Severity severity = lead.severity();
    // What the options silence counts as never told, should they change.
    if (!rules.alerts(finding.latest.kind, severity)) return;
    Finding shown = doubled && !worse ? finding : lead;
    if (told == null) problem.toldEntryPoint = shown.latest.entryPoint;
    problem.told = shown;
    problem.toldMillis = now;
    problem.toldSeverity = severity;
    problem.toldCount = problem.countTypical();
    String where = problem.toldEntryPoint;
    events.accept(
        event(shown, where, severity, worse ? told : null, false)
            .goesOn(() -> event(shown, where, severity, null, false)));
  }

  /** One of its findings is over; the problem is when all are. */
  void resolved(Finding finding) {
    Problem problem = finding.problem;
    Severity told = problem.toldSeverity;
    Finding shown = problem.told;
    if (told == null || shown == null || !problem.isResolved()) return;
    events.accept(event(shown, problem.toldEntryPoint, told, null, true));
    problem.toldSeverity = null;
    problem.told = null;
  }

  private ProblemEvent event(
      Finding finding,
      String entryPoint,
      Severity severity,
      @Nullable Severity before,
      boolean resolved) {
    Map<String, Object> shown = findingJson.of(finding);
    shown.put("severity", severity.label());
    Problem problem = finding.problem;
    Map<String, String> findings = new LinkedHashMap<>();
    for (Finding one : problem.findings()) {
      if (resolved || !one.isResolved()) findings.put(one.latest.entryPoint, one.fingerprint);
    }
    return new ProblemEvent(
        problem.id,
        finding.latest.kind,
        service.name(),
        entryPoint,
        severity,
        before,
        resolved,
        FindingLine.of(finding.latest, findings.keySet()),
        findingJson.traceUrl(finding),
        findings,
        shown);
  }
}
