package shop.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import shop.load.Throughput;

/**
 * A target, and what came of it.
 *
 * @param naive what was measured of the naive edition
 * @param naiveMet null where the target is one of the change
 * @param tuned what was measured of the tuned one
 */
record Verdict(
    String target,
    String required,
    String naive,
    Boolean naiveMet,
    String tuned,
    boolean tunedMet) {

  static List<Verdict> of(Comparison comparison) {
    EditionFigures naive = comparison.naive();
    EditionFigures tuned = comparison.tuned();
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(
        new Verdict(
            "response times",
            "half, each and all",
            Text.millis(naive.times().mean()) + " on average",
            null,
            Text.millis(tuned.times().mean()) + ", " + Text.times(comparison.factor()),
            comparison.halved()));
    verdicts.add(hits("cache hits", Comparison.HIT_RATE, naive, tuned));
    verdicts.add(hits("cache hits of what can be cached", 0.9, naive, tuned));
    verdicts.add(
        none(
            "problems of warning and above",
            comparison.alarming(Edition.NAIVE).size(),
            comparison.alarming(Edition.TUNED).size()));
    verdicts.add(none("errors", naive.errors(), tuned.errors()));
    verdicts.add(below("CPU at normal load", 0.7, naive, tuned, Resources::cpu));
    verdicts.add(below("memory at normal load", 0.8, naive, tuned, Resources::heapAfterGc));
    verdicts.add(below("connections of the pool", 0.8, naive, tuned, Resources::connectionsPeak));
    for (Throughput kind : Throughput.values()) {
      verdicts.add(capacity(kind, naive, tuned));
    }
    return verdicts;
  }

  private static Verdict hits(
      String target, double bound, EditionFigures naive, EditionFigures tuned) {
    return new Verdict(
        target,
        "over " + Text.percent(bound),
        naive.cached() ? Text.percent(naive.hitRate()) : "no cache",
        naive.cached() && naive.hitRate() > bound,
        Text.percent(tuned.hitRate()),
        tuned.hitRate() > bound);
  }

  private static Verdict none(String target, long naive, long tuned) {
    return new Verdict(
        target, "none", Long.toString(naive), naive == 0, Long.toString(tuned), tuned == 0);
  }

  private static Verdict capacity(Throughput kind, EditionFigures naive, EditionFigures tuned) {
    CapacityFigures before = naive.capacity().get(kind.ordinal());
    CapacityFigures after = tuned.capacity().get(kind.ordinal());
    return new Verdict(
        kind.title() + " throughput",
        Text.format("%,d/s and more", kind.target()),
        Text.format("%,.0f/s", before.perSecond()),
        before.met(),
        Text.format("%,.0f/s", after.perSecond()),
        after.met());
  }

  private static Verdict below(
      String target,
      double bound,
      EditionFigures naive,
      EditionFigures tuned,
      ToDoubleFunction<Resources> share) {
    double before = share.applyAsDouble(naive.resources());
    double after = share.applyAsDouble(tuned.resources());
    return new Verdict(
        target,
        "under " + Text.percent(bound),
        Text.percent(before),
        before < bound,
        Text.percent(after),
        after < bound);
  }
}
