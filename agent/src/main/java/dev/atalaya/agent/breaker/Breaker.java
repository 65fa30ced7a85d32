package dev.atalaya.agent.breaker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides from what the agent costs how much of its work it leaves out.
 *
 * <p>A cost above its limit for five seconds takes it one stage down, and five seconds later the
 * next. Costs well below their limits for a calm time take it one stage up. Where that was too
 * early, and it soon goes down again, the calm time doubles, up to ten minutes: else work that
 * costs too much would be taken up and left again and again. Looked at by one thread, read by any.
 */
public final class Breaker {
  static final long HOLD_NANOS = 5_000_000_000L;
  static final long LONGEST_CALM_NANOS = 600_000_000_000L;

  /** The share of a limit below which a cost is well; between the two nothing changes. */
  private static final double WELL_BELOW = 0.9;

  private final Limits limits;
  private final BiConsumer<Boolean, String> told;

  private volatile Stage stage = Stage.NOTHING;
  private volatile String reason = "";
  private volatile Costs costs = new Costs(Double.NaN, Double.NaN, Double.NaN);

  private boolean over;
  private long overSince;
  private boolean calm;
  private long calmSince;

  /** How often in a row a stage up was too early. */
  private int relapses;

  private boolean rose;
  private long roseAt;

  /** {@code told} hears of each step once: whether it is one down, and a line for the log. */
  public Breaker(Limits limits, BiConsumer<Boolean, String> told) {
    this.limits = limits;
    this.told = told;
  }

  public Stage stage() {
    return stage;
  }

  /** Why it is at its stage; empty at {@link Stage#NOTHING}. */
  public String reason() {
    return reason;
  }

  /** By name, those that are known. */
  public Map<String, Double> shares() {
    Costs latest = costs;
    Map<String, Double> shares = new LinkedHashMap<>();
    if (!Double.isNaN(latest.heap)) shares.put("heap", latest.heap);
    if (!Double.isNaN(latest.cpu)) shares.put("cpu", latest.cpu);
    if (!Double.isNaN(latest.overhead)) shares.put("overhead", latest.overhead);
    return shares;
  }

  /** To be called about once a second, with the monotonic time. */
  Stage look(Costs read, long now) {
    costs = read;
    if (!limits.isOn()) {
      if (stage != Stage.NOTHING) rise(Stage.NOTHING, now, "it is switched off");
      over = calm = false;
      return stage;
    }
    String excess = excess(read);
    if (excess != null) {
      calm = false;
      if (!over) overSince = now;
      over = true;
      if (now - overSince >= HOLD_NANOS && stage != Stage.EVERYTHING) fall(now, excess);
      return stage;
    }
    over = false;
    if (!isWell(read)) {
      calm = false;
      return stage;
    }
    if (!calm) calmSince = now;
    calm = true;
    if (now - calmSince < calmNanos()) return stage;
    calmSince = now;
    if (stage == Stage.NOTHING) relapses = 0;
    else rise(stage.less(), now, "all was well for a while");
    return stage;
  }

  private void fall(long now, String excess) {
    if (rose && now - roseAt < 2 * calmNanos()) relapses++;
    rose = false;
    overSince = now;
    stage = stage.more();
    reason = excess;
    told.accept(true, line(excess));
  }

  private void rise(Stage to, long now, String why) {
    stage = to;
    rose = true;
    roseAt = now;
    if (to == Stage.NOTHING) reason = "";
    told.accept(false, line(why));
  }

  private String line(String why) {
    return "circuit breaker, stage "
        + stage.ordinal()
        + " of 5: "
        + why
        + "; the agent "
        + stage.sentence();
  }

  private long calmNanos() {
    long calmNanos = limits.calmNanos();
    for (int i = 0; i < relapses && calmNanos < LONGEST_CALM_NANOS; i++) calmNanos *= 2;
    return Math.max(limits.calmNanos(), Math.min(calmNanos, LONGEST_CALM_NANOS));
  }

  private @Nullable String excess(Costs read) {
    // A comparison with NaN is false.
    if (read.heap > limits.heap()) {
      return text("the heap is %s full after collections, above %s", read.heap, limits.heap());
    }
    if (read.cpu > limits.cpu()) {
      return text("the agent's threads use %s of a core, above %s", read.cpu, limits.cpu());
    }
    if (read.overhead > limits.overhead()) {
      return text("the agent adds %s to requests, above %s", read.overhead, limits.overhead());
    }
    return null;
  }

  private boolean isWell(Costs read) {
    return !(read.heap > WELL_BELOW * limits.heap()
        || read.cpu > WELL_BELOW * limits.cpu()
        || read.overhead > WELL_BELOW * limits.overhead());
  }

  private static String text(String format, double share, double limit) {
    return String.format(Locale.ROOT, format, percent(share), percent(limit));
  }

  /** In whole percent; below 10 with two digits: {@code 0.031 %}. */
  private static String percent(double share) {
    if (share >= 0.1) return Math.round(100 * share) + " %";
    BigDecimal percent = BigDecimal.valueOf(100 * share).round(new MathContext(2));
    return percent.stripTrailingZeros().toPlainString() + " %";
  }
}
