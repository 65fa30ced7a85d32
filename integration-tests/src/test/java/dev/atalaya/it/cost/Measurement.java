package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Runs of the service and what each measured; a value is absolute, the table subtracts the run
 * without an agent.
 */
final class Measurement {
  private static final int CALLS = 50;
  private static final int SPANS = CALLS + 1;

  /** How much load a run puts on the service, and in which JVM. */
  record Size(
      int warmUp,
      int warmUpRate,
      int jdbc,
      int jdbcRate,
      int empty,
      int emptyRate,
      List<String> flags) {
    static final Size FULL = new Size(20_000, 1_000, 1_000, 100, 3_000, 300, List.of());

    /**
     * What the JIT leaves out differs from run to run by 100 bytes a call, in H2's code too.
     * Without escape analysis it leaves out nothing: bytes repeat to one, and are an upper bound.
     */
    static final Size EXACT =
        new Size(6_000, 800, 500, 100, 1_500, 300, List.of("-XX:-DoEscapeAnalysis"));
  }

  private final Bench bench;
  private final Path javaHome;
  private final List<String> errors = new ArrayList<>();

  Measurement(Bench bench, Path javaHome) {
    this.bench = bench;
    this.javaHome = javaHome;
  }

  /** What makes a figure doubtful; empty when all runs went as they should. */
  List<String> errors() {
    return errors;
  }

  /** From the start of the JVM to the first answer and to the moment before the first export. */
  Map<Metric, Double> startUp(Variant variant) throws IOException {
    Map<Metric, Double> found = new EnumMap<>(Metric.class);
    // However slow the machine: the first batch goes after the memory is read.
    List<String> flags = List.of("-Dotel.bsp.schedule.delay=60000");
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, flags)) {
      found.put(Metric.START_CPU, service.startCpu());
      found.put(Metric.START_TIME, service.startSeconds());
      service.load().send(6, 1_000, "/jdbc", "/empty");
      Snapshot before = service.snapshot();
      if (receiver.exports() > 0) {
        error(variant, "exported before the metaspace was read");
      }
      found.put(Metric.METASPACE_BEFORE, before.mebibytes("metaspace"));
      found.put(Metric.CLASSES_BEFORE, before.value("classes"));
      sleep(3_000);
      found.put(Metric.SETTLED_CPU, service.cpuSeconds());
    }
    Path agent = bench.agent(variant);
    found.put(Metric.JAR, agent == null ? 0.0 : Files.size(agent) / (double) (1 << 20));
    return found;
  }

  /** The warm service under a load that leaves it time: JDBC requests, then empty ones. */
  Map<Metric, Double> load(Variant variant, Size size) throws IOException {
    Map<Metric, Double> found = new EnumMap<>(Metric.class);
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, size.flags())) {
      service.load().send(size.warmUp(), size.warmUpRate(), "/jdbc", "/empty");
      await(variant, receiver, Long.MAX_VALUE);

      long delivered = receiver.spans();
      long expected = (long) size.jdbc() * SPANS;
      service.reset();
      Snapshot start = service.snapshot();
      service.load().send(size.jdbc(), size.jdbcRate(), "/jdbc");
      await(variant, receiver, delivered + expected);
      Snapshot jdbc = service.snapshot();

      service.load().send(size.empty(), size.emptyRate(), "/empty");
      expected += size.empty();
      await(variant, receiver, delivered + expected);
      Snapshot empty = service.snapshot();
      delivered = receiver.spans() - delivered;

      check(variant, start, jdbc, size.jdbc());
      check(variant, jdbc, empty, size.jdbc());
      if (variant.exports() && delivered != expected) {
        error(variant, "delivered " + delivered + " of " + expected + " spans");
      }
      if (variant.exports()) {
        found.put(Metric.DELIVERED, 100.0 * delivered / expected);
        found.put(Metric.OTHER_SPANS, (double) receiver.others());
      }
      double emptyBytes = empty.bytesSince(jdbc, thread -> true) / size.empty();
      double jdbcBytes = jdbc.bytesSince(start, thread -> true) / size.jdbc();
      found.put(Metric.CALL_CPU, jdbc.value("call.cpu") / 1e3);
      found.put(Metric.CALL_BYTES, jdbc.value("call.bytes"));
      found.put(Metric.CALL_BYTES_ALL, (jdbcBytes - emptyBytes) / CALLS);
      found.put(
          Metric.SPAN_CPU,
          jdbc.cpuSince(start, Snapshot.ThreadUse::isAgents) / 1e3 / size.jdbc() / SPANS);
      found.put(
          Metric.REQUEST_CPU,
          (jdbc.value("process.cpu") - start.value("process.cpu")) / 1e3 / size.jdbc());
      found.put(
          Metric.SERVER_BYTES,
          empty.bytesSince(jdbc, Snapshot.ThreadUse::isRequests) / size.empty());
      found.put(Metric.SERVER_BYTES_ALL, emptyBytes);
      found.put(Metric.METASPACE_AFTER, empty.mebibytes("metaspace"));
      found.put(Metric.CLASSES_AFTER, empty.value("classes"));
      return found;
    }
  }

  /** Until all spans are there, or none has come for longer than a batch may wait (5 s). */
  private static void await(Variant variant, SpanCounter receiver, long spans) {
    if (!variant.exports()) {
      return;
    }
    long seen = -1;
    long end = System.nanoTime() + 60_000_000_000L;
    for (int quiet = 0; quiet < 70 && seen < spans && System.nanoTime() < end; quiet++) {
      if (receiver.spans() != seen) {
        seen = receiver.spans();
        quiet = 0;
      }
      sleep(100);
    }
  }

  private void check(Variant variant, Snapshot from, Snapshot to, int requests) {
    if (to.lostSince(from) > 0) {
      error(variant, to.lostSince(from) + " short-lived threads are missing from the sums");
    }
    if (!variant.exports() && !to.agentThreads().isEmpty()) {
      error(variant, "threads of no agent taken for an agent's: " + to.agentThreads());
    }
    if (to.value("requests") != requests) {
      error(variant, to.value("requests") + " requests measured of " + requests);
    }
    double mean = to.value("call.bytes");
    double median = to.value("call.bytes.median");
    if (Math.abs(mean - median) > 0.05 * median) {
      error(variant, "bytes a call still moved: mean " + mean + ", median " + median);
    }
  }

  private void error(Variant variant, String what) {
    errors.add(variant.title + ": " + what);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
