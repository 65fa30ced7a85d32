package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.SlowCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Statements and commands that take too long, also while they run. */
final class SlowOperations implements Detector {
  private final Rules rules;
  private final Counters counters;
  private final FindingReporter reporter;
  private final Suggestions suggestions;
  private final Application application;
  private final Plans plans;

  /** Statements that were announced while they ran. */
  private final Map<Span, Occurrence> running = new WeakHashMap<>();

  SlowOperations(
      Rules rules,
      Counters counters,
      FindingReporter reporter,
      Suggestions suggestions,
      Application application,
      Plans plans) {
    this.rules = rules;
    this.counters = counters;
    this.reporter = reporter;
    this.suggestions = suggestions;
    this.application = application;
    this.plans = plans;
  }

  /** Tells of the slow calls that are new; those of one finding are one occurrence. */
  @Override
  public void callsEnded(Work work) {
    Request request = work.request;
    if (request == null || request.slow() == null) return;
    List<Occurrence> all = found(request, work.entryPoint);
    for (Occurrence found : all) report(found, request, work.progress);
    // A call outside of requests and jobs is a trace of its own, with no other findings.
    boolean isAlone = work.unit.kind() == Request.Kind.IMPLICIT;
    if (isAlone && !all.isEmpty()) request.findings = all;
  }

  private List<Occurrence> found(Request request, String entryPoint) {
    List<Occurrence> all = new ArrayList<>(0);
    for (SlowCall slow = request.slow(); slow != null; slow = slow.next) {
      if (slow.isAnalyzed) continue;
      slow.isAnalyzed = true;
      Occurrence found = found(slow, entryPoint);
      if (found != null) merge(found, all);
    }
    return all;
  }

  private void report(Occurrence found, Request request, Progress progress) {
    Occurrence before = progress.slow(found.fingerprint);
    if (before != null) found.goesOn(before);
    boolean again = before != null || found.isCounted();
    if (!reporter.report(found, again, request, progress)) return;
    progress.found.remove(before);
    if (!progress.found.contains(found)) progress.found.add(found);
    explain(found);
  }

  private @Nullable Occurrence found(SlowCall slow, String entryPoint) {
    Template template = slow.span.template();
    if (template == null || Families.traits(template).queue) return null;
    Operation operation = Families.traits(template).operation;
    CallSite site = site(slow);
    boolean ignored = isIgnored(operation, site, entryPoint);
    if (ignored) {
      counters.classified(Kind.IGNORED, false);
      return null;
    }
    Occurrence found = Occurrence.of(slow, operation, site, entryPoint, suggestions);
    Occurrence announced = running.remove(slow.span);
    if (announced != null) found.follows(announced);
    counters.classified(Kind.SLOW_QUERY, reporter.wants(found));
    return found;
  }

  /**
   * The site of its repeats where it has none, as its response came on a thread of the driver's.
   */
  private static @Nullable CallSite site(SlowCall slow) {
    OperationStatistics statistics = slow.span.statistics();
    Repeats more = statistics == null ? null : statistics.repeats();
    return slow.site == null && more != null ? more.callers().site() : slow.site;
  }

  private static void merge(Occurrence found, List<Occurrence> into) {
    for (Occurrence one : into) {
      if (!one.fingerprint.equals(found.fingerprint)) continue;
      if (found.totalNanos > one.totalNanos) {
        found.goesOn(one);
        into.set(into.indexOf(one), found);
      } else {
        one.count += found.count;
      }
      return;
    }
    into.add(found);
  }

  private boolean isIgnored(Operation operation, @Nullable CallSite site, String entryPoint) {
    Template template = operation.template;
    return template != null && (template.ignored || Families.traits(template).housekeeping)
        || rules.ignoresEntryPoint(entryPoint)
        || rules.ignoresTable(operation.table)
        || rules.ignoresSite(site)
        || site != null && site.isMigration();
  }

  private void explain(Occurrence found) {
    Template template = found.operation == null ? null : found.operation.template;
    if (template != null && template.kind == SqlText.Kind.READ) {
      plans.ask(template, found.fingerprint);
    }
  }

  /** Announces a call that has run too long and still does. */
  @Override
  public void goesOn(OpenThreads.Seen thread, Span call, long nowNanos) {
    Template template = call.template();
    long nanos = nowNanos - call.startNanos();
    long threshold = rules.slowQuery();
    if (template == null || nanos < Math.max(rules.slowRunning(), threshold)) return;
    if (running.containsKey(call) || Families.traits(template).queue) return;
    Request request = call.request();
    CallSite site = thread.site(application);
    if (call.endNanos() != 0) return; // else the stack may be of what came after it
    Operation operation = Families.traits(template).operation;
    String entryPoint = EntryPoint.of(request);
    if (isIgnored(operation, site, entryPoint)) return;
    Occurrence found = Occurrence.slow(operation, entryPoint, site, nanos, threshold, suggestions);
    found.running = true;
    running.put(call, found);
    Progress progress = Progress.of(request.unit());
    if (!reporter.report(found, false, request, progress)) return;
    progress.found.remove(found); // it is found again when it ends
    explain(found);
  }
}
