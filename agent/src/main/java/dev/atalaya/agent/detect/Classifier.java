package dev.atalaya.agent.detect;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Template;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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

  /** By rank, as docs/detection.md lists them. */
  private static final List<Rule> RULES =
      Arrays.asList(
          new Rule(Kind.IGNORED, Classifier::isIgnored),
          new Rule(null, (c, s) -> s.count < c.threshold(s)),
          new Rule(Kind.SEQUENCE, (c, s) -> s.traits != null && s.traits.sequence),
          new Rule(Kind.RETRY_STORM, (c, s) -> 2 * s.errors >= s.count),
          new Rule(Kind.QUEUE_POLL, (c, s) -> s.traits != null && s.traits.queue),
          new Rule(Kind.POLLING, (c, s) -> isPolling(s)),
          new Rule(Kind.PAGINATION, (c, s) -> isPagination(s)),
          new Rule(Kind.CHUNKED_READ, (c, s) -> isChunked(s)),
          new Rule(null, (c, s) -> isBatch(s) && s.listLength >= ENOUGH),
          new Rule(Kind.BATCH_TOO_SMALL, (c, s) -> isTooSmall(s)),
          // A pipeline is what should be, and so is an INSERT of many rows, or a DELETE of an
          // array.
          new Rule(null, (c, s) -> isBatch(s) || s.operation.isWrite() && isListed(s)),
          new Rule(Kind.DUPLICATE_QUERY, (c, s) -> isDuplicate(s)),
          new Rule((c, s) -> repeated(s) != null, Classifier::repeated),
          new Rule(Kind.CHATTY, (c, s) -> s.count >= 2 * c.threshold(s) && !s.isFromOneLine()));

  private final Rules rules;
  private final Request.Kind work;
  private final String entryPoint;

  Classifier(Rules rules, Request.Kind work, String entryPoint) {
    this.rules = rules;
    this.work = work;
    this.entryPoint = entryPoint;
  }

  /** Null where there is nothing to say. */
  @Nullable Kind classify(OperationSummary s) {
    for (Rule rule : RULES) if (rule.condition.holds(this, s)) return rule.kind.apply(s);
    return null;
  }

  private int threshold(OperationSummary s) {
    return rules.threshold(work, s.operation);
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

  /** Of a batch that is large enough nobody asks. */
  private static boolean isTooSmall(OperationSummary s) {
    if (isBatch(s)) return Families.of(s.operation).sizesBatches();
    return s.listLength >= 2 && s.listLength < ENOUGH;
  }

  private static boolean isDuplicate(OperationSummary s) {
    return !s.operation.isWrite() && s.hasFewValues() && !isRowByRow(s);
  }

  /** A read for each row of another is that, however few values the rows have. */
  private static boolean isRowByRow(OperationSummary s) {
    boolean each = s.fit == Cause.Fit.COUNT || s.fit == Cause.Fit.TENTH;
    return each && s.operation.family.hasRows && s.distinct > 1 && s.isFromOneLine();
  }

  private static @Nullable Kind repeated(OperationSummary s) {
    return Families.of(s.operation).repeated(s);
  }

  private interface Condition {
    boolean holds(Classifier classifier, OperationSummary s);
  }

  private static final class Rule {
    final Condition condition;
    final Function<OperationSummary, @Nullable Kind> kind;

    /** Null: then there is nothing to say. */
    Rule(@Nullable Kind kind, Condition condition) {
      this(condition, s -> kind);
    }

    Rule(Condition condition, Function<OperationSummary, @Nullable Kind> kind) {
      this.condition = condition;
      this.kind = kind;
    }
  }
}
