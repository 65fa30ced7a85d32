package dev.atalaya.agent;

import dev.atalaya.agent.breaker.Breaker;
import dev.atalaya.agent.breaker.Limits;
import dev.atalaya.agent.breaker.Stage;
import dev.atalaya.agent.breaker.Watch;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Adds up what the agent costs, and has it leave out what the breaker says. The first of the
 * worker's consumers: what is not exported is let go before detection would point to its trace.
 */
final class CostControl implements Worker.Consumer {
  private final Breaker breaker;
  private final Watch watch;
  private final Consumer<Stage> changed;

  // Used by the worker's thread alone.
  private Stage stage = Stage.NOTHING;
  private long addedNanos;
  private long ownNanos;

  CostControl(Options options, LongSupplier cpuNanos, Consumer<Stage> changed) {
    breaker = new Breaker(new Shares(options), CostControl::tell);
    watch = new Watch(breaker, cpuNanos, () -> addedNanos, () -> ownNanos);
    this.changed = changed;
  }

  private static void tell(boolean down, String line) {
    if (down) Log.warn(line);
    else Log.info(line);
  }

  @Override
  public String part() {
    return "breaker";
  }

  @Override
  public void accept(Request request, Span latest) {
    if (stage.leaves(Stage.SPANS)) request.letGo();
    // A call outside of requests is one by itself: the work around it is not known.
    if (request.kind() == Request.Kind.IMPLICIT) return;
    Span span = latest;
    while (span != null && !span.isRoot()) span = span.next();
    if (span == null) return;
    addedNanos += request.addedNanos();
    ownNanos += span.durationNanos();
  }

  @Override
  public void tick(boolean closing) {
    Stage next = watch.look();
    if (next == stage) return;
    stage = next;
    changed.accept(next);
  }

  int stage() {
    return breaker.stage().ordinal();
  }

  Map<String, Double> shares() {
    return breaker.shares();
  }

  /** For the doctor. */
  Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("stage", breaker.stage().ordinal());
    report.put("agent", breaker.stage().sentence());
    report.put("reason", breaker.reason());
    report.put("shares", breaker.shares());
    return report;
  }

  /** The limits as the options have them at this moment. */
  private static final class Shares implements Limits {
    private final Options options;

    Shares(Options options) {
      this.options = options;
    }

    @Override
    public boolean isOn() {
      return options.get(Options.BREAKER);
    }

    @Override
    public double heap() {
      return options.get(Options.BREAKER_HEAP);
    }

    @Override
    public double cpu() {
      return options.get(Options.BREAKER_CPU);
    }

    @Override
    public double overhead() {
      return options.get(Options.BREAKER_OVERHEAD);
    }

    @Override
    public long calmNanos() {
      return options.get(Options.BREAKER_CALM);
    }
  }
}
