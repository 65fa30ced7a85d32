package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.Repeats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The read that a repetition follows from, and how well its rows account for the repeats.
 *
 * <p>The read began before most of the repeats did: what the same statement had been asked for
 * earlier, such as the current user before the authors of twelve articles, is not counted.
 */
final class Cause {
  /** How well the rows fit, the best first. */
  enum Fit {
    COUNT,
    VALUES,
    TENTH,
    TWICE,

    /** Rows that a join has multiplied, so that nobody can tell. */
    JOIN
  }

  /** How many rows a join may make of one; what has more belongs to another loop. */
  private static final int JOINED = 10;

  final OperationSummary read;
  final Fit fit;

  /** Executions that had begun before the read did. */
  final int before;

  private final boolean neighbour;
  private final long distance;

  private Cause(OperationSummary read, Fit fit, int before, boolean neighbour, long distance) {
    this.read = read;
    this.fit = fit;
    this.before = before;
    this.neighbour = neighbour;
    this.distance = distance;
  }

  /** Of the reads, which may be later ones too, the best; null where none fits. */
  static @Nullable Cause of(OperationSummary repeated, List<OperationSummary> reads) {
    Cause best = null;
    for (OperationSummary read : reads) {
      Cause one = read == repeated ? null : of(repeated, read);
      if (one != null && (best == null || one.isBetterThan(best))) best = one;
    }
    return best;
  }

  private boolean isBetterThan(Cause other) {
    if (neighbour != other.neighbour) return other.neighbour;
    if (fit != other.fit) return fit.compareTo(other.fit) < 0;
    return distance < other.distance;
  }

  private static @Nullable Cause of(OperationSummary repeated, OperationSummary read) {
    int before = repeated.statistics.begunBefore(read.statistics.first().startNanos());
    if (before == Repeats.STARTS || 2 * before > repeated.count) return null;
    int count = repeated.count - before;
    Fit fit = fit(repeated, read, count, before);
    if (fit == null) return null;
    long start = repeated.statistics.startNanos(before + 1);
    boolean inTheSameLoop =
        Math.abs(read.count - count) <= 1 && read.goesOn(start, repeated.lastStartNanos);
    boolean neighbour = read.isRowEach() || inTheSameLoop;
    if (neighbour && before > 0) return null; // it comes after this one in each round
    return new Cause(read, fit, before, neighbour, start - read.lastStartBefore(start));
  }

  private static @Nullable Fit fit(
      OperationSummary repeated, OperationSummary read, int count, int before) {
    long rows = read.rows;
    if (rows < 2) return null;
    if (rows == count) return Fit.COUNT;
    if (rows == repeated.distinct || rows == repeated.distinct - before) return Fit.VALUES;
    // What always has the same value hardly comes from rows: only their exact number counts.
    if (repeated.distinct == 1) return null;
    if (Math.abs(rows - count) * 10 <= count) return Fit.TENTH;
    if (2 * rows >= count && rows <= 2L * count) return Fit.TWICE;
    boolean multiplied = read.traits != null && read.traits.joins && read.count == 1;
    return multiplied && rows > count && rows <= (long) JOINED * count ? Fit.JOIN : null;
  }
}
