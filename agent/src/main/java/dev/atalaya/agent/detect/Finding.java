package dev.atalaya.agent.detect;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A finding that is watched: its latest occurrence, and figures of the last 64.
 *
 * <p>Written by the worker alone. Other threads may see an occurrence half counted, which changes
 * the figures little.
 */
final class Finding {
  private static final int MOST = 64;
  private static final int TRACES = 5;
  private static final int LOOKED_AT_EVERY = 16;
  private static final int CAUSES = 64;

  final String fingerprint;
  final Problem problem;

  /** As it was when it was seen first: what is found early may not know its route yet. */
  final String entryPoint;

  final long firstSeenMillis;
  volatile long lastSeenMillis;
  volatile long resolvedMillis;
  volatile Occurrence latest;
  volatile int occurrences;
  volatile @Nullable String plan;
  volatile @Nullable String planSuggestion;

  /** Units of work of the entry point without it, in a row. */
  int clean;

  /** In all occurrences so far. */
  private volatile long wastedNanos;

  private final Set<String> causes = new HashSet<>(2);
  private volatile int causeCount;

  /** The newest occurrence with a cause that was seen; or null. */
  private volatile @Nullable Occurrence caused;

  private int[] counts = new int[4];
  private int[] most = new int[4];
  private long[] totals = new long[4];
  private long[] wasted = new long[4];
  private long[] wastedInAll = new long[4];
  private long[] unitTimes = new long[4];
  private volatile int size;
  private volatile int countTypical;
  private volatile Severity severity = Severity.INFO;
  private volatile String[] traceIds = {};

  Finding(Occurrence first, Problem problem, long nowMillis) {
    fingerprint = first.fingerprint;
    this.problem = problem;
    entryPoint = first.entryPoint;
    firstSeenMillis = lastSeenMillis = nowMillis;
    latest = first;
  }

  /** {@code again} are later figures of a unit of work that was counted before. */
  void add(Occurrence occurrence, boolean again, long nowMillis) {
    if (!again || occurrence.slot < 0) occurrence.slot = occurrences++;
    int number = occurrence.slot;
    lastSeenMillis = nowMillis;
    clean = 0;
    caused(occurrence);
    if (occurrences - number > MOST) return; // others have taken its place
    int at = number % MOST;
    if (at >= counts.length) grow();
    counts[at] = occurrence.count;
    most[at] = occurrence.most;
    totals[at] = occurrence.totalNanos;
    wasted[at] = occurrence.wastedNanos;
    wastedInAll[at] = occurrence.wastedInAllNanos;
    unitTimes[at] = occurrence.unitNanos;
    size = Math.min(MOST, occurrences);
    latest = occurrence;
    look(occurrence);
    String trace = occurrence.traceId;
    String[] known = traceIds;
    if (trace == null || known.length > 0 && known[0].equals(trace)) return;
    String[] more = new String[Math.min(TRACES, known.length + 1)];
    more[0] = trace;
    System.arraycopy(known, 0, more, 1, more.length - 1);
    traceIds = more;
  }

  private void caused(Occurrence occurrence) {
    Operation cause = occurrence.cause;
    if (cause == null) return;
    caused = occurrence;
    if (causes.size() < CAUSES && causes.add(cause.text)) causeCount = causes.size();
  }

  void wasted(long nanos) {
    wastedNanos += nanos;
  }

  long wastedNanos() {
    return wastedNanos;
  }

  /** The newest occurrence that has a cause, else the newest. */
  Occurrence caused() {
    Occurrence known = caused;
    return known == null ? latest : known;
  }

  /** Different causes that led to it, up to 64. */
  int causes() {
    return causeCount;
  }

  private void grow() {
    int room = Math.min(MOST, 4 * counts.length);
    counts = Arrays.copyOf(counts, room);
    most = Arrays.copyOf(most, room);
    totals = Arrays.copyOf(totals, room);
    wasted = Arrays.copyOf(wasted, room);
    wastedInAll = Arrays.copyOf(wastedInAll, room);
    unitTimes = Arrays.copyOf(unitTimes, room);
  }

  /** The newest first. */
  String[] traceIds() {
    return traceIds;
  }

  boolean isResolved() {
    return resolvedMillis != 0;
  }

  int countTypical() {
    return countTypical;
  }

  private int typical(int[] values) {
    int[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  int countMax() {
    int most = 0;
    int[] known = counts;
    for (int i = 0; i < Math.min(size, known.length); i++) most = Math.max(most, known[i]);
    return most;
  }

  long totalP95() {
    return at(totals, 0.95);
  }

  long wastedP95() {
    return at(wasted, 0.95);
  }

  /** By what is typical: a first request, on a cold JVM, does not decide it for good. */
  Severity severity() {
    return severity;
  }

  /** What is typical changes slowly, so it is not computed at each of many occurrences. */
  private void look(Occurrence occurrence) {
    boolean often = occurrences > MOST && occurrences % LOOKED_AT_EVERY != 0;
    if (often && occurrence.severity() == severity) return;
    countTypical = typical(counts);
    severity = typicalSeverity();
  }

  private Severity typicalSeverity() {
    return latest
        .kind
        .severity()
        .of(
            typical(most),
            at(totals, 0.5),
            at(wastedInAll, 0.5),
            at(unitTimes, 0.5),
            latest.thresholdNanos);
  }

  private long at(long[] values, double quantile) {
    long[] sorted = Arrays.copyOf(values, Math.min(size, values.length));
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[(int) (quantile * (sorted.length - 1) + 0.5)];
  }
}
