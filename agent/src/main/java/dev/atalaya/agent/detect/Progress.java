package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.UnitOfWork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far the analysis of one unit of work has come; used by the worker's thread alone. */
final class Progress {
  private static final long OLD_NANOS = 10_000_000_000L;
  private static final int MANY_TIMES = 10;

  /** In place of the progress of a unit of work in which there was nothing to find. */
  private static final Object PLAIN = new Object();

  private final UnitOfWork unit;

  /** What was found in it and told. */
  final List<Occurrence> found = new ArrayList<>(0);

  /** What was counted. */
  final Set<OperationStatistics> counted = new HashSet<>(4);

  private final Map<OperationStatistics, Occurrence> byOperation = new IdentityHashMap<>(0);
  @Nullable Occurrence chatty;
  boolean ended;
  private long nextAge = OLD_NANOS;
  private int nextTimes = MANY_TIMES;

  private Progress(UnitOfWork unit) {
    this.unit = unit;
  }

  static Progress of(UnitOfWork unit) {
    Object known = unit.progress;
    if (known instanceof Progress) return (Progress) known;
    Progress made = new Progress(unit);
    made.ended = known == PLAIN;
    unit.progress = made;
    return made;
  }

  static void plain(UnitOfWork unit) {
    unit.progress = PLAIN;
  }

  static boolean isPlain(UnitOfWork unit) {
    return unit.progress == PLAIN;
  }

  @Nullable Occurrence of(OperationStatistics statistics) {
    return byOperation.get(statistics);
  }

  void found(OperationStatistics statistics, Occurrence occurrence) {
    byOperation.put(statistics, occurrence);
  }

  /** The slow call found before that is the same finding, or null. */
  @Nullable Occurrence slow(String fingerprint) {
    for (Occurrence one : found) {
      if (one.kind == Kind.SLOW_QUERY && one.fingerprint.equals(fingerprint)) return one;
    }
    return null;
  }

  /** How long the unit of work took, or takes so far. */
  long nanos(@Nullable Request request) {
    Span root = request == null ? null : request.root();
    if (root == null || unit.kind() == Request.Kind.IMPLICIT) {
      return System.nanoTime() - unit.startNanos();
    }
    long end = root.endNanos();
    return (end == 0 ? System.nanoTime() : end) - root.startNanos();
  }

  /** At ten times a threshold, or 10 s of age, and again at every doubling. */
  boolean isDue(Rules rules) {
    boolean due = false;
    long age = System.nanoTime() - unit.startNanos();
    if (age >= nextAge) {
      due = true;
      while (age >= nextAge) nextAge *= 2;
    }
    double times = 0;
    for (OperationStatistics statistics : unit.operations()) {
      if (statistics.count() < MANY_TIMES) continue;
      OperationSummary summary = WorkAnalyzer.summary(statistics);
      if (summary == null) continue;
      int threshold = rules.threshold(unit.kind(), summary.operation);
      times = Math.max(times, (double) summary.count / threshold);
    }
    if (times >= nextTimes) {
      due = true;
      while (times >= nextTimes) nextTimes *= 2;
    }
    return due;
  }

  /** Lets go of the spans; what was found in them stays. */
  void forget() {
    counted.clear();
    byOperation.clear();
  }
}
