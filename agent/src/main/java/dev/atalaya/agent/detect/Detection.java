package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.UnitOfWork;
import dev.atalaya.agent.trace.Worker;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Has units of work analyzed and shown to the detectors: when they end, when they grow old or
 * repeat themselves without end, and a thread's own work once it rests. Used by the worker's thread
 * alone.
 */
public final class Detection implements Worker.Consumer {
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long SWEEP_NANOS = 60_000_000_000L;
  private static final long IDLE_NANOS = 5_000_000_000L;

  private final Rules rules;
  private final Findings findings;
  private final WorkAnalyzer analyzer;
  private final Glance glance;
  private final FindingReporter reporter;
  private final List<Detector> detectors;
  private final OpenThreads threads = new OpenThreads();
  private long looked = System.nanoTime();
  private long swept = looked;
  private boolean ready;

  public Detection(
      Rules rules,
      Findings findings,
      Counters counters,
      Application application,
      Plans plans,
      Suggestions suggestions) {
    this.rules = rules;
    this.findings = findings;
    analyzer = new WorkAnalyzer(rules);
    glance = new Glance(rules);
    reporter = new FindingReporter(rules, findings, counters);
    detectors =
        Arrays.asList(
            new SlowOperations(rules, counters, reporter, suggestions, application, plans),
            new SlowRequests(rules, counters, reporter),
            new RepeatedOperations(counters, reporter, suggestions),
            new ChattyWork(counters, reporter));
  }

  @Override
  public String part() {
    return "detection";
  }

  /** The threads that it looks at. */
  public OpenThreads threads() {
    return threads;
  }

  // ---- What ended ------------------------------------------------------------------------------

  @Override
  public void accept(Request request, Span latest) {
    for (Span span = latest; span != null; span = span.next()) span.learn();
    UnitOfWork unit = request.unit();
    if (Progress.isPlain(unit) && request.slow() == null) return; // a call that ended late
    if (glance.isPlain(request, unit)) {
      if (unit.kind() != Request.Kind.IMPLICIT) plainlyEnded(request);
      return;
    }
    Work work = Work.of(request, request.rootEnded());
    for (Detector detector : detectors) detector.callsEnded(work);
    if (request.isFailed()) reporter.keep(request, "error");
    if (unit.kind() == Request.Kind.IMPLICIT) return;
    Progress progress = work.progress;
    if (progress.ended) return;
    progress.ended = work.isLast;
    analyze(work);
    if (!progress.ended) return;
    request.findings = progress.found;
    findings.ended(work.entryPoint, progress.found);
    progress.forget();
  }

  private void analyze(Work work) {
    WorkAnalyzer.Analysis all = analyzer.analyze(work.unit, work.entryPoint);
    for (Detector detector : detectors) detector.analyzed(work, all);
  }

  private void plainlyEnded(Request request) {
    Progress.plain(request.unit());
    request.findings = Collections.emptyList();
    if (findings.isEmpty()) return;
    findings.ended(EntryPoint.of(request), Collections.<Occurrence>emptyList());
  }

  // ---- What goes on ----------------------------------------------------------------------------

  @Override
  public void tick(boolean closing) {
    if (!ready) initialise();
    long now = System.nanoTime();
    if (!closing && now - looked < LOOK_NANOS) return;
    looked = now;
    threads.forEach(seen -> look(seen, now, closing));
    while (threads.nextEnded(unit -> window(unit, true))) continue;
    if (now - swept < SWEEP_NANOS) return;
    swept = now;
    findings.sweep();
  }

  private void initialise() {
    ready = true;
    try {
      ReadyClasses.initialise();
    } catch (ClassNotFoundException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void look(OpenThreads.Seen seen, long now, boolean closing) {
    Request request = seen.request;
    UnitOfWork own = seen.own;
    if (seen.call != null) {
      for (Detector detector : detectors) detector.goesOn(seen, seen.call, now);
    }
    if (request != null && request.kind() != Request.Kind.IMPLICIT) again(request, closing);
    if (own == null || own.isClosed()) return;
    boolean busy = seen.call != null && seen.call.request().unit() == own;
    window(own, seen.hasEnded() || closing || own.isIdle(IDLE_NANOS) && !busy);
  }

  private void again(Request request, boolean closing) {
    UnitOfWork unit = request.unit();
    if (unit.isClosed() || request.rootEnded()) return;
    // Before its route is known it would be another finding.
    if (request.kind() == Request.Kind.REQUEST && request.route().isEmpty() && !closing) return;
    if (closing || Progress.of(unit).isDue(rules)) analyze(Work.of(request, closing));
  }

  /** A thread's own work; that of a server's thread is not analyzed. */
  private void window(UnitOfWork unit, boolean ends) {
    if (!unit.isOwn()) {
      if (ends) unit.close();
      return;
    }
    if (!ends && !Progress.of(unit).isDue(rules)) return;
    if (ends) unit.close();
    Work work = Work.ofThread(unit, ends);
    analyze(work);
    if (ends) findings.ended(work.entryPoint, work.progress.found);
  }
}
