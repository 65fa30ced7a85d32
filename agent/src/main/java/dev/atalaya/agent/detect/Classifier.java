package dev.atalaya.agent.detect;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/**
 * What an operation is: the first rule that holds says so. Never gated by time: an in-memory
 * database hides what will hurt on a real one.
 */
final class Classifier {
  private static final long POLL_GAP_NANOS = 50_000_000L;
  private static final int POLL_GAP_TIMES = 20;

  /** A list or batch of this many is worth its round trip. */
  private static final int ENOUGH = 10;

  private static final int CHUNK_ROWS = 50;

  private final Rules rules;
  private final Request.Kind work;
  private final String entryPoint;

  Classifier(Rules rules, Request.Kind work, String entryPoint) {
    this.rules = rules;
    this.work = work;
    this.entryPoint = entryPoint;
  }

  /** By rank, as docs/detection.md lists them; null where there is nothing to say. */
  @Nullable Kind classify(OperationSummary s) {
    if (isIgnored(s)) return Kind.IGNORED;
    int threshold = rules.threshold(work, s.operation);
    if (s.count < threshold) return null;
    if (s.traits != null && s.traits.sequence) return Kind.SEQUENCE;
    if (2 * s.errors >= s.count) return Kind.RETRY_STORM;
    if (s.traits != null && s.traits.queue) return Kind.QUEUE_POLL;
    if (isPolling(s)) return Kind.POLLING;
    if (isPagination(s)) return Kind.PAGINATION;
    if (isChunked(s)) return Kind.CHUNKED_READ;
    if (isBatch(s) && s.listLength >= ENOUGH) return null;
    if (isTooSmall(s)) return Kind.BATCH_TOO_SMALL;
    // A pipeline is what should be, and so is an INSERT of many rows, or a DELETE of an array.
    if (isBatch(s) || s.operation.isWrite() && isListed(s)) return null;
    if (isDuplicate(s)) return Kind.DUPLICATE_QUERY;
    Kind repeated = Families.of(s.operation).repeated(s);
    if (repeated != null) return repeated;
    return s.count >= 2 * threshold && !s.isFromOneLine() ? Kind.CHATTY : null;
  }

  private boolean isIgnored(OperationSummary s) {
    Template template = s.operation.template;
    if (template != null && template.ignored) return true;
    if (s.traits != null && s.traits.housekeeping) return true;
    return rules.ignoresEntryPoint(entryPoint)
        || rules.ignoresTable(s.operation.table)
        || rules.ignoresSite(s.site)
        || s.site != null && s.site.isMigration();
  }

  private static boolean isPolling(OperationSummary s) {
    return s.distinct == 1
        && s.gapNanos >= POLL_GAP_NANOS
        && s.gapNanos >= POLL_GAP_TIMES * s.averageNanos();
  }

  /** Never from rising ids alone: those of children rise too. */
  private static boolean isPagination(OperationSummary s) {
    if (s.variesOnlyIn(SqlText.LIMIT, SqlText.LIMIT)) return true;
    return s.traits != null && s.traits.ordered && s.variesOnlyIn(SqlText.RANGE, SqlText.LIMIT);
  }

  private static boolean isChunked(OperationSummary s) {
    if (s.operation.isWrite() || !s.operation.family.hasRows) return false;
    if (isListed(s)) return true;
    boolean many = s.rows >= (long) CHUNK_ROWS * s.count;
    return many && s.variesOnlyIn(SqlText.RANGE, SqlText.RANGE);
  }

  private static boolean isListed(OperationSummary s) {
    return s.listLength >= ENOUGH || s.bindsArray();
  }

  private static boolean isBatch(OperationSummary s) {
    return s.traits != null && s.traits.batch;
  }

  /** Batches that are large enough were ruled out before. */
  private static boolean isTooSmall(OperationSummary s) {
    if (isBatch(s)) return Families.of(s.operation).sizesBatches();
    return s.listLength >= 2 && s.listLength < ENOUGH;
  }

  private static boolean isDuplicate(OperationSummary s) {
    return !s.operation.isWrite() && s.hasFewValues() && !isRowByRow(s);
  }

  /** Whether it is read once for each row of another read, however few values the rows have. */
  private static boolean isRowByRow(OperationSummary s) {
    boolean each = s.fit == Cause.Fit.COUNT || s.fit == Cause.Fit.TENTH;
    return each && s.operation.family.hasRows && s.distinct > 1 && s.isFromOneLine();
  }
}
