package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.SqlText;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/**
 * The rules, in their order; the first that matches holds. Never gated by time: an in-memory
 * database hides what will hurt on a real one.
 */
final class Verdict {
  private static final long POLL_GAP_NANOS = 50_000_000L;
  private static final int POLL_GAP_TIMES = 20;

  /** A list or batch of this many is worth its round trip. */
  private static final int ENOUGH = 10;

  private static final int CHUNK_ROWS = 50;

  private final Rules rules;
  private final Request.Kind kind;
  private final String entryPoint;

  Verdict(Rules rules, Request.Kind kind, String entryPoint) {
    this.rules = rules;
    this.kind = kind;
    this.entryPoint = entryPoint;
  }

  /** Null where there is nothing to say. */
  @Nullable Kind of(Suspect s) {
    if (isIgnored(s)) return Kind.IGNORED;
    int threshold = rules.threshold(kind, s.operation);
    if (s.count < threshold) return null;
    Traits traits = s.traits;
    if (traits != null && traits.sequence) return Kind.SEQUENCE;
    if (2 * s.errors >= s.count) return Kind.RETRY_STORM;
    if (traits != null && traits.queue) return Kind.QUEUE_POLL;
    if (isPolling(s)) return Kind.POLLING;
    if (isPagination(s)) return Kind.PAGINATION;
    if (isChunked(s)) return Kind.CHUNKED_READ;
    boolean batch = traits != null && traits.batch;
    if (batch && s.listLength >= ENOUGH) return null;
    if (batch ? s.operation.rules().sizesBatches() : s.listLength >= 2 && s.listLength < ENOUGH) {
      return Kind.BATCH_TOO_SMALL;
    }
    // A pipeline is what should be, and so is an INSERT of many rows, or a DELETE of a whole array.
    if (batch || s.operation.isWrite() && isListed(s)) return null;
    if (!s.operation.isWrite() && s.hasFewValues() && !isRowByRow(s)) return Kind.DUPLICATE_QUERY;
    Kind repeated = s.operation.rules().repeated(s);
    if (repeated != null) return repeated;
    return s.count >= 2 * threshold && !s.isFromOneLine() ? Kind.CHATTY : null;
  }

  private boolean isIgnored(Suspect s) {
    Template template = s.operation.template;
    if (template != null && template.ignored) return true;
    if (s.traits != null && s.traits.housekeeping) return true;
    return rules.ignoresEntryPoint(entryPoint)
        || rules.ignoresTable(s.operation.table)
        || rules.ignoresSite(s.site)
        || s.site != null && s.site.passed(CallSite.Library.MIGRATION);
  }

  private static boolean isPolling(Suspect s) {
    return s.distinct == 1
        && s.gapNanos >= POLL_GAP_NANOS
        && s.gapNanos >= POLL_GAP_TIMES * s.averageNanos();
  }

  /** Never from rising ids alone: those of children rise too. */
  private static boolean isPagination(Suspect s) {
    if (s.variesOnlyIn(SqlText.LIMIT, SqlText.LIMIT)) return true;
    return s.traits != null && s.traits.ordered && s.variesOnlyIn(SqlText.RANGE, SqlText.LIMIT);
  }

  private static boolean isChunked(Suspect s) {
    if (s.operation.isWrite() || !s.operation.family.hasRows) return false;
    if (isListed(s)) return true;
    boolean many = s.rows >= (long) CHUNK_ROWS * s.count;
    return many && s.variesOnlyIn(SqlText.RANGE, SqlText.RANGE);
  }

  private static boolean isListed(Suspect s) {
    return s.listLength >= ENOUGH || s.bindsArray();
  }

  /** A read for each row of another is that, however few values the rows have. */
  private static boolean isRowByRow(Suspect s) {
    boolean each = s.fit == Cause.Fit.COUNT || s.fit == Cause.Fit.TENTH;
    return each && s.operation.family.hasRows && s.distinct > 1 && s.isFromOneLine();
  }
}
