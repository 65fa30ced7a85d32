package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an edition needed of the machine, at the full rate of visitors. Shares are from 0 to 1; not
 * a number where this system does not tell.
 *
 * @param shopCpu share of all processors that the shop's JVM used, on average
 * @param databaseCpu that PostgreSQL and Redis used
 * @param loadCpu that the visitors used, on the same machine
 * @param machineCpu that all processes used, others too
 * @param heapAfterGc share of the heap's limit in use when a collection had just been, at most
 * @param connections share of the pool in use, on average
 * @param connectionsPeak the same in 95 of 100 seconds
 * @param pool connections that the pool may open
 * @param waitingPeak threads that waited for a connection, at most
 */
record Resources(
    double shopCpu,
    double databaseCpu,
    double loadCpu,
    double machineCpu,
    double heapAfterGc,
    long heapLimit,
    double connections,
    double connectionsPeak,
    int pool,
    int waitingPeak) {

  static Resources of(List<Moment> steady) {
    Cpu cpu = new Cpu(steady, Runtime.getRuntime().availableProcessors());
    double[] connections =
        steady.stream().mapToDouble(m -> m.connections() / m.connectionsMax()).sorted().toArray();
    return new Resources(
        cpu.share(Moment::shopCpu),
        cpu.share(Moment::databaseCpu),
        cpu.share(Moment::loadCpu),
        cpu.share(Moment::machineCpu),
        heapAfterGc(steady),
        (long) most(steady, Moment::heapLimit),
        steady.stream().mapToDouble(m -> m.connections() / m.connectionsMax()).average().orElse(0),
        connections.length == 0 ? 0 : connections[(int) Math.ceil(0.95 * connections.length) - 1],
        (int) most(steady, Moment::connectionsMax),
        (int) most(steady, Moment::waiting));
  }

  /** What the edition itself used, with its databases where that is known. */
  @JsonProperty
  double cpu() {
    return Double.isNaN(databaseCpu) ? shopCpu : shopCpu + databaseCpu;
  }

  /**
   * A heap is in use less than a second ago after a collection alone. The agent's own figure of
   * what a collection left is of each pool's latest, and young collections are not the old pool's.
   */
  private static double heapAfterGc(List<Moment> moments) {
    double most = 0;
    for (int i = 1; i < moments.size(); i++) {
      Moment moment = moments.get(i);
      if (moment.heap() < moments.get(i - 1).heap()) {
        most = Math.max(most, moment.heap() / moment.heapLimit());
      }
    }
    return most;
  }

  private static double most(List<Moment> moments, ToDoubleFunction<Moment> value) {
    return moments.stream().mapToDouble(value).max().orElse(0);
  }

  private record Cpu(List<Moment> moments, int processors) {

    double share(ToDoubleFunction<Moment> seconds) {
      if (moments.size() < 2) {
        return Double.NaN;
      }
      Moment first = moments.get(0);
      Moment last = moments.get(moments.size() - 1);
      double used = seconds.applyAsDouble(last) - seconds.applyAsDouble(first);
      return used * 1_000 / (last.at() - first.at()) / processors;
    }
  }
}
