package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import dev.atalaya.agent.callsite.Callers;
import dev.atalaya.agent.callsite.ClassRoles;
import dev.atalaya.agent.callsite.KnownSites;
import dev.atalaya.agent.callsite.Loaded;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.sql.SqlText;
import org.jspecify.annotations.Nullable;

/** Adds what begins on a thread to the operation statistics of its unit of work. */
final class OperationCounter {
  /** What its faults are counted under: those of all that detection does. */
  private static final String PART = "detection";

  private final TraceSettings settings;
  private final ClassRoles roles;
  private final Faults faults;

  OperationCounter(TraceSettings settings, Faults faults) {
    this.settings = settings;
    roles = settings.application().roles;
    this.faults = faults;
  }

  // Whatever goes wrong in here, the call has begun and must be ended: nothing may be thrown.

  /** One execution of a statement; {@code bound} is null for one that was not prepared. */
  void sql(Open open, Span span, Wording wording, @Nullable StatementState bound) {
    try {
      add(open, span, wording, bound);
    } catch (Throwable error) {
      faults.add(PART, error);
    }
    Overhead.begun(span);
  }

  /** A batch is one operation, and no batch is like another. */
  void batch(Open open, Span span, Template template, int size) {
    if (template.text == null) return;
    OperationStatistics statistics = statistics(open, span, template.key, Hash.of(span.id()));
    if (statistics != null && statistics.first() != span) {
      statistics.more().positions(open.values(0), 0, size);
    }
  }

  /** {@code subject} is a hash of what it is about, such as a key; {@code values} of all. */
  void operation(Open open, Span span, long key, int subject, int values, boolean readsMany) {
    OperationStatistics statistics = statistics(open, span, key, values);
    if (statistics == null) return;
    if (readsMany) statistics.reads();
    if (statistics.first() != span) statistics.more().about(subject);
  }

  /** What has begun without a template has one now, mostly still on the thread that began it. */
  void described(Span span) {
    try {
      OperationStatistics statistics = span.statistics;
      if (statistics == null || statistics.first() != span || statistics.count() > 1) return;
      Open open = Open.get();
      Span parent = open.parent;
      if (parent != null && parent.request() == span.request()) locateOnce(open, span, statistics);
    } catch (Throwable error) {
      faults.add(PART, error);
    }
  }

  void http(Open open, Span span, HttpExchange exchange) {
    String url = exchange.url;
    int value = url == null ? Hash.UNKNOWN : Hash.of(Hash.of64(url));
    statistics(open, span, Hash.of64(exchange.operation()), value);
  }

  /** Its messages are not seen, so nothing is concluded from their values. */
  void rpc(Open open, Span span, RpcCall call) {
    statistics(open, span, call.key(), Hash.UNKNOWN);
  }

  /** Counts one execution; null where it gets no statistics. */
  private @Nullable OperationStatistics statistics(Open open, Span span, long key, int values) {
    try {
      UnitOfWork unit = unit(open, span);
      OperationStatistics statistics = unit.isOwn() ? unit.statistics(key, span, values) : null;
      if (statistics != null) begin(open, span, statistics, values);
      Overhead.begun(span);
      return statistics;
    } catch (Throwable error) {
      faults.add(PART, error);
      return null;
    }
  }

  private void add(Open open, Span span, Wording wording, @Nullable StatementState bound) {
    Template template = wording.template;
    if (template.kind == SqlText.Kind.TRANSACTION || template.text == null) return;
    UnitOfWork unit = unit(open, span);
    if (!unit.isOwn()) return;
    int[] values = open.values(wording.positions());
    int all = bound == null ? wording.values(values) : wording.values(bound, values);
    OperationStatistics statistics = unit.statistics(template.key, span, all);
    if (statistics == null) return;
    int number = begin(open, span, statistics, all);
    if (number > 1) statistics.more().positions(values, wording.positions(), wording.listLength);
    if (template.kind == SqlText.Kind.READ) statistics.reads();
  }

  private static UnitOfWork unit(Open open, Span span) {
    UnitOfWork unit = span.request().unit;
    unit.latest = span;
    if (unit.kind() == Request.Kind.IMPLICIT) {
      unit.lastNanos = span.startNanos();
      if (open.manualCommit) unit.held = true;
    }
    return unit;
  }

  private int begin(Open open, Span span, OperationStatistics statistics, int values) {
    span.statistics = statistics;
    if (open.loading != null) loads(span.template(), open.loading);
    int number = statistics.begin(span, values);
    if (Repeats.isWalked(number)) locate(open, span, statistics.more().callers(), number);
    else if (number == 1) locateOnce(open, span, statistics);
    return number;
  }

  /**
   * A statement whose rows others repeat for mostly runs once; its line is looked for all the same.
   */
  private void locateOnce(Open open, Span span, OperationStatistics statistics) {
    Template template = span.template();
    if (template == null || !template.leads()) return;
    Request request = span.request();
    KnownSites.Known known =
        request.kind() == Request.Kind.IMPLICIT
            ? null
            : template.sites.of(request.entryMethod(), request.entryName());
    if (known == null) return;
    if (known.isOnceDue()) known.sawOnce(here(open));
    CallSite site = known.once();
    if (site != null) statistics.more().once(site);
  }

  private static void loads(@Nullable Template template, Object source) {
    if (template != null && template.loaded == null) template.loaded = Loaded.of(source);
  }

  private void locate(Open open, Span span, Callers callers, int number) {
    Template template = span.template();
    Request request = span.request();
    if (template == null || request.kind() == Request.Kind.IMPLICIT) {
      callers.met(here(open), number);
      return;
    }
    if (callers.isTrusted()) return;
    KnownSites.Known known = template.sites.of(request.entryMethod(), request.entryName());
    CallSite proven = known == null || number > 2 ? null : known.proven();
    if (known != null && proven != null && !known.isDue()) {
      callers.trust(proven);
      return;
    }
    CallSite site = here(open);
    if (site == null) return;
    if (known != null) known.saw(site);
    if (proven != null && proven.isSameStack(site)) callers.trust(site);
    else callers.met(site, number);
  }

  /** The application's line that this thread is at; null where it is not looked for. */
  @Nullable CallSite here(Open open) {
    Object known = open.assembly;
    if (known != null) return known instanceof CallSite ? (CallSite) known : null;
    return settings.findsCallSites() ? CallSites.here(roles, open.loading) : null;
  }
}
