package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Application;
import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.SlowCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.SqlText;
import dev.atalaya.agent.trace.Tally;
import dev.atalaya.agent.trace.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What takes too long: statements, also while they run, and requests. */
final class SlowWork {
  private final Rules rules;
  private final Counters counters;
  private final Telling telling;
  private final Application application;
  private final Detector.Plans plans;

  /** Statements that were announced while they ran. */
  private final Map<Span, Occurrence> running = new WeakHashMap<>();

  SlowWork(
      Rules rules,
      Counters counters,
      Telling telling,
      Application application,
      Detector.Plans plans) {
    this.rules = rules;
    this.counters = counters;
    this.telling = telling;
    this.application = application;
    this.plans = plans;
  }

  /** Tells of the slow calls that are new; those of one finding are one occurrence. */
  List<Occurrence> calls(Request request, String entryPoint, Progress progress) {
    List<Occurrence> all = new ArrayList<>(0);
    for (SlowCall slow = request.slow(); slow != null; slow = slow.next) {
      if (slow.isJudged) continue;
      slow.isJudged = true;
      Occurrence found = found(slow, entryPoint);
      if (found != null) merge(found, all);
    }
    for (Occurrence found : all) {
      Occurrence before = progress.slow(found.fingerprint);
      if (before != null) found.goesOn(before);
      boolean again = before != null || found.isCounted();
      if (!telling.tell(found, again, request, progress)) continue;
      progress.found.remove(before);
      if (!progress.found.contains(found)) progress.found.add(found);
      explain(found);
    }
    return all;
  }

  private @Nullable Occurrence found(SlowCall slow, String entryPoint) {
    Template template = slow.span.template();
    if (template == null || Traits.of(template).queue) return null;
    Operation operation = Traits.of(template).operation;
    CallSite site = site(slow);
    boolean ignored = isIgnored(operation, site, entryPoint);
    if (ignored) {
      counters.verdict(Kind.IGNORED, false);
      return null;
    }
    Occurrence found = Occurrence.of(slow, operation, site, entryPoint);
    Occurrence announced = running.remove(slow.span);
    if (announced != null) found.follows(announced);
    counters.verdict(Kind.SLOW_QUERY, telling.wants(found));
    return found;
  }

  /** An answer that comes on a thread of the driver's has no site; what repeats may have one. */
  private static @Nullable CallSite site(SlowCall slow) {
    Tally tally = slow.span.tally();
    Repeats more = tally == null ? null : tally.repeats();
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
    return template != null && (template.ignored || Traits.of(template).housekeeping)
        || rules.ignoresEntryPoint(entryPoint)
        || rules.ignoresTable(operation.table)
        || rules.ignoresSite(site)
        || site != null && site.passed(CallSite.Library.MIGRATION);
  }

  private void explain(Occurrence found) {
    Template template = found.operation == null ? null : found.operation.template;
    if (template != null && template.kind == SqlText.Kind.READ) {
      plans.ask(template, found.fingerprint);
    }
  }

  void request(Request request, String entryPoint, Progress progress, @Nullable Suspect heaviest) {
    if (request.kind() != Request.Kind.REQUEST) return;
    long nanos = progress.nanos(request);
    long threshold = rules.slowRequest(entryPoint);
    if (nanos < threshold) return;
    if (rules.ignoresEntryPoint(entryPoint)) {
      counters.verdict(Kind.IGNORED, false);
      return;
    }
    long waited = request.scope().poolWaitNanos();
    String suggestion =
        Suggestion.of(
                Kind.SLOW_REQUEST,
                heaviest == null ? null : heaviest.operation,
                null,
                heaviest == null ? null : heaviest.site,
                heaviest == null ? 0 : heaviest.count,
                heaviest == null ? 0 : heaviest.totalNanos / 1e6)
            + Suggestion.connections(nanos, waited, request.scope().heldMeanwhileNanos());
    Occurrence found =
        new Occurrence(Kind.SLOW_REQUEST, entryPoint, 1, null, null, null, suggestion);
    found.took(nanos, threshold);
    found.poolWaitNanos = waited;
    counters.verdict(Kind.SLOW_REQUEST, telling.wants(found));
    telling.tell(found, false, request, progress);
  }

  /** Announces a call that has run too long and still does. */
  void running(OpenThreads.Seen seen, Span call, long now) {
    Template template = call.template();
    long nanos = now - call.startNanos();
    long threshold = rules.slowQuery();
    if (template == null || nanos < Math.max(rules.slowRunning(), threshold)) return;
    if (running.containsKey(call) || Traits.of(template).queue) return;
    Request request = call.request();
    CallSite site = seen.site(application);
    if (call.endNanos() != 0) return; // else the stack is another's
    Operation operation = Traits.of(template).operation;
    String entryPoint = EntryPoint.of(request);
    if (isIgnored(operation, site, entryPoint)) return;
    Occurrence found = Occurrence.slow(operation, entryPoint, site, nanos, threshold);
    found.running = true;
    running.put(call, found);
    Progress progress = Progress.of(request.scope());
    if (!telling.tell(found, false, request, progress)) return;
    progress.found.remove(found); // it is found again when it ends
    explain(found);
  }
}
