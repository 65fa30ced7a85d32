package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Application;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Repeats;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Scope;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Tally;
import dev.atalaya.agent.trace.Template;
import dev.atalaya.agent.trace.Worker;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges units of work on the worker's thread: when they end, when they grow old or repeat
 * themselves without end, and a thread's own work once it rests.
 */
public final class Detector implements Worker.Consumer {
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final long SWEEP_NANOS = 60_000_000_000L;
  private static final long IDLE_NANOS = 5_000_000_000L;

  /** Asks for the plan of a statement, which comes back by {@link Findings#plan}. */
  public interface Plans {
    void ask(Template template, String fingerprint);
  }

  private final Rules rules;
  private final Findings findings;
  private final Judge judge;
  private final Counters counters;
  private final Telling telling;
  private final SlowWork slow;
  private final OpenThreads threads = new OpenThreads();
  private final Consumer<Tally> look = this::look;
  private int operations;
  private boolean suspicious;
  private long looked = System.nanoTime();
  private long swept = looked;

  public Detector(
      Rules rules, Findings findings, Counters counters, Application application, Plans plans) {
    this.rules = rules;
    this.findings = findings;
    this.counters = counters;
    judge = new Judge(rules);
    telling = new Telling(rules, findings, counters);
    slow = new SlowWork(rules, counters, telling, application, plans);
  }

  @Override
  public String part() {
    return "detection";
  }

  // ---- What ended ------------------------------------------------------------------------------

  @Override
  public void accept(Request request, Span latest) {
    for (Span span = latest; span != null; span = span.next()) span.learn();
    Scope scope = request.scope();
    if (Progress.isPlain(scope) && request.slow() == null) return; // what comes late is nobody's
    if (isPlain(request, scope)) {
      if (scope.kind() != Request.Kind.IMPLICIT) plainlyEnded(request);
      return;
    }
    String entryPoint = EntryPoint.of(request);
    Progress progress = Progress.of(scope);
    List<Occurrence> slowCalls = slow.calls(request, entryPoint, progress);
    if (request.isFailed()) telling.keep(request, "error");
    if (scope.kind() == Request.Kind.IMPLICIT) {
      if (!slowCalls.isEmpty()) request.findings = slowCalls;
      return;
    }
    if (progress.ended) return;
    Judge.Case all = judge.judge(scope, entryPoint);
    if (request.rootEnded()) {
      progress.ended = true;
      slow.request(request, entryPoint, progress, all.heaviest);
    }
    tell(all, scope, request, entryPoint, progress, progress.ended);
    if (!progress.ended) return;
    request.findings = progress.found;
    findings.ended(entryPoint, progress.found);
    progress.forget();
  }

  /**
   * Whether nothing in it can be a finding or a verdict: most requests, which cost nothing here.
   */
  private boolean isPlain(Request request, Scope scope) {
    if (request.slow() != null || request.isFailed() || scope.judgement != null) return false;
    if (scope.kind() == Request.Kind.IMPLICIT) return true;
    Span root = request.root();
    if (root == null || root.endNanos() == 0) return false;
    if (root.durationNanos() >= rules.leastSlowRequest()) return false;
    operations = 0;
    suspicious = scope.beyond() > 0;
    scope.visit(look);
    return !suspicious && operations <= Judge.CHATTY;
  }

  private void look(Tally tally) {
    int count = tally.count();
    operations += count;
    if (count >= rules.leastRepeats()) suspicious = true;
    Template template = tally.first().template();
    if (template != null && (template.ignored || Traits.of(template).housekeeping)) {
      suspicious = true;
    }
  }

  private void plainlyEnded(Request request) {
    Progress.plain(request.scope());
    request.findings = Collections.emptyList();
    if (findings.isEmpty()) return;
    findings.ended(EntryPoint.of(request), Collections.<Occurrence>emptyList());
  }

  /**
   * Tells what is in the unit of work, as far as it has not been told; else its later figures.
   *
   * @param ends there is no later: what is not sure enough by now will not be told
   */
  private void tell(
      Judge.Case all,
      Scope scope,
      @Nullable Request request,
      String entryPoint,
      Progress progress,
      boolean ends) {
    for (Suspect suspect : all.judged) {
      Kind verdict = suspect.verdict;
      if (verdict != null && !verdict.isFinding()) count(suspect, false, progress);
    }
    for (Suspect suspect : all.findings) {
      Kind verdict = suspect.verdict;
      if (verdict == null) continue;
      boolean told = tell(suspect, verdict, scope, request, entryPoint, progress);
      if (!told && ends) count(suspect, false, progress);
    }
    if (all.chatty) chatty(all.others, request, entryPoint, progress);
  }

  /** Counts the verdicts on it and on what is a part of it, each once a unit of work. */
  private void count(Suspect suspect, boolean told, Progress progress) {
    Kind verdict = suspect.verdict;
    if (verdict != null && progress.counted.add(suspect.tally)) counters.verdict(verdict, told);
    for (Suspect child : suspect.children) count(child, told, progress);
  }

  /** False where it is not sure enough, or nobody wants to hear of it. */
  private boolean tell(
      Suspect suspect,
      Kind kind,
      Scope scope,
      @Nullable Request request,
      String entryPoint,
      Progress progress) {
    double confidence = Confidence.of(suspect, scope.kind());
    if (confidence < Confidence.REPORTED) return false;
    Request telltale = request == null ? telltale(suspect.tally) : request;
    Occurrence known = progress.of(suspect.tally);
    if (known != null && known.kind == kind) {
      known.take(suspect);
      return telling.tell(known, true, telltale, progress);
    }
    Occurrence found = Occurrence.of(suspect, kind, entryPoint, confidence);
    boolean isNew = found.fingerprint.isEmpty();
    count(suspect, telling.wants(found), progress);
    progress.found(suspect.tally, found);
    if (!telling.tell(found, false, telltale, progress)) return false;
    if (isNew && suspect.traits != null) suspect.traits.keep(new Recall(found, suspect));
    if (request == null) telltale.findings = Collections.singletonList(found);
    mark(suspect, found);
    for (Suspect child : suspect.children) mark(child, found);
    return true;
  }

  /**
   * Outside of requests and jobs each call is a trace: the first tells of all, or the last where
   * the first was let go unexported.
   */
  private static Request telltale(Tally tally) {
    Request first = tally.first().request();
    Repeats more = tally.repeats();
    Span last = more == null ? null : more.last();
    return first.isGone() && last != null ? last.request() : first;
  }

  private static void mark(Suspect suspect, Occurrence found) {
    Repeats spans = suspect.tally.repeats();
    if (spans != null) spans.finding(found.fingerprint);
  }

  private void chatty(int count, @Nullable Request request, String entryPoint, Progress progress) {
    Occurrence before = progress.chatty;
    if (before != null && before.count == count) return;
    String suggestion = Suggestion.of(Kind.CHATTY, null, null, null, count, 0);
    Occurrence found = new Occurrence(Kind.CHATTY, entryPoint, 1, null, null, null, suggestion);
    found.count = count;
    if (before == null) counters.verdict(Kind.CHATTY, telling.wants(found));
    else found.follows(before);
    progress.chatty = found;
    if (!telling.tell(found, before != null, request, progress) || before == null) return;
    progress.found.remove(before);
    progress.found.add(found);
  }

  // ---- What goes on ----------------------------------------------------------------------------

  @Override
  public void tick(boolean closing) {
    long now = System.nanoTime();
    if (!closing && now - looked < LOOK_NANOS) return;
    looked = now;
    threads.forEach(seen -> look(seen, now, closing));
    while (threads.nextEnded(scope -> window(scope, true))) continue;
    if (now - swept < SWEEP_NANOS) return;
    swept = now;
    findings.sweep();
  }

  private void look(OpenThreads.Seen seen, long now, boolean closing) {
    Request request = seen.request;
    Scope own = seen.own;
    if (seen.call != null) slow.running(seen, seen.call, now);
    if (request != null && request.kind() != Request.Kind.IMPLICIT) again(request, closing);
    if (own == null || own.isClosed()) return;
    boolean busy = seen.call != null && seen.call.request().scope() == own;
    window(own, seen.hasEnded() || closing || own.isIdle(IDLE_NANOS) && !busy);
  }

  private void again(Request request, boolean closing) {
    Scope scope = request.scope();
    if (scope.isClosed() || request.rootEnded()) return;
    // Before its route is known it would be another finding.
    if (request.kind() == Request.Kind.REQUEST && request.route().isEmpty() && !closing) return;
    Progress progress = Progress.of(scope);
    if (!closing && !progress.isDue(rules)) return;
    String entryPoint = EntryPoint.of(request);
    tell(judge.judge(scope, entryPoint), scope, request, entryPoint, progress, closing);
  }

  /** A thread's own work; that of a server's thread is nobody's. */
  private void window(Scope scope, boolean ends) {
    if (!scope.isOwn()) {
      if (ends) scope.close();
      return;
    }
    Progress progress = Progress.of(scope);
    if (!ends && !progress.isDue(rules)) return;
    if (ends) scope.close();
    String entryPoint = EntryPoint.of(scope);
    tell(judge.judge(scope, entryPoint), scope, null, entryPoint, progress, ends);
    if (ends) findings.ended(entryPoint, progress.found);
  }
}
