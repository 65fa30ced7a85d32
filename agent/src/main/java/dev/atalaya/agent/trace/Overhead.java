package dev.atalaya.agent.trace;

/**
 * What recording adds to a unit of work, by sampling: of one call in 256, by its random id, the
 * time from its beginning to where its advice ends, and from its end to the end of that advice.
 *
 * <p>It costs all other calls a look at their id. What comes before a call begins (preparing,
 * binding) and the counting of its rows are not measured.
 */
final class Overhead {
  static final int ONE_IN = 256;

  /** What takes longer is a pause of the machine's, and would count 256 times. */
  private static final long LONGEST_NANOS = 100_000;

  private Overhead() {}

  static void begun(Span span) {
    if (isSampled(span)) add(span.request(), System.nanoTime() - span.startNanos());
  }

  static void ended(Span span, long endNanos) {
    if (isSampled(span)) add(span.request(), System.nanoTime() - endNanos);
  }

  private static boolean isSampled(Span span) {
    return (span.id() & ONE_IN - 1) == 0;
  }

  private static void add(Request request, long nanos) {
    if (nanos > 0) request.added((int) Math.min(nanos, LONGEST_NANOS));
  }
}
