package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What requests on event loops cost: of Spring WebFlux and of Vert.x, which answer at once or make
 * four JDBC calls on another thread; under full load once the compiler rests, and at a pace that
 * leaves time. Linux only.
 *
 * @see Arguments
 */
public final class Loops {
  private static final List<String> SERVICES = List.of("WebFlux", "VertxWeb");
  private static final String[] PATHS = {"/empty", "/jdbc/4"};
  private static final int[] RATES = {1_000, 300};

  private final Arguments arguments;
  private final Rows rows;

  private Loops(String[] args) {
    arguments =
        new Arguments(
            args,
            Variant.NONE,
            Variant.OPENTELEMETRY,
            Variant.DATADOG,
            Variant.ATALAYA,
            Variant.BEFORE,
            Variant.NONE_AGAIN);
    rows = new Rows(arguments.variants());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Loops(args).run();
  }

  private void run() throws IOException, InterruptedException {
    Bench bench = Bench.build("-Ploops");
    for (int round = 0; round < arguments.rounds(); round++) {
      for (String service : SERVICES) {
        for (Variant variant : arguments.variants()) {
          if (variant == Variant.BEFORE && bench.agent(variant) == null) continue;
          measure(bench, service, variant);
          System.err.println("round " + (round + 1) + ", " + service + ", " + variant.title);
        }
      }
    }
    System.out.println(rows);
  }

  private void measure(Bench bench, String name, Variant variant)
      throws IOException, InterruptedException {
    Path log = bench.target().resolve("loops-" + variant.name().toLowerCase(Locale.ROOT) + ".log");
    List<String> program = List.of("-cp", bench.classPath("lib-loops"), "bench.loops." + name);
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(
                bench,
                arguments.javaHome(),
                variant,
                receiver,
                Compilations.flags(log),
                program,
                PATHS[PATHS.length - 1]);
        Compilations jit = new Compilations(log, service.pid())) {
      String row = (SERVICES.indexOf(name) + 1) + " " + name;
      rows.add(row + ", start to the first answer, CPU, s", variant, service.startCpu());
      for (String path : PATHS) service.load().full(2 * nanos(), path);
      jit.rest();
      for (int i = 0; i < PATHS.length; i++) {
        full(service, row + ", " + PATHS[i] + ", full load, ", variant, PATHS[i]);
        paced(service, row + ", " + PATHS[i] + ", paced, ", variant, PATHS[i], RATES[i]);
      }
      delivered(service, receiver, row, variant);
      rows.add(row + ", metaspace, MiB", variant, service.snapshot().mebibytes("metaspace"));
    }
  }

  private void full(MeasuredService service, String row, Variant variant, String path)
      throws IOException {
    Snapshot before = service.snapshot();
    double cpu = service.cpuSeconds();
    double perSecond = service.load().full(nanos(), path);
    double requests = perSecond * arguments.seconds();
    double used = service.cpuSeconds() - cpu;
    Snapshot after = service.snapshot();
    rows.add(row + "a second", variant, perSecond);
    rows.add(row + "CPU a request, us", variant, used / requests * 1e6);
    rows.add(row + "bytes a request", variant, after.bytesSince(before, thread -> true) / requests);
  }

  private void paced(MeasuredService service, String row, Variant variant, String path, int rate)
      throws IOException {
    int requests = rate * arguments.seconds();
    Snapshot before = service.snapshot();
    double cpu = service.cpuSeconds();
    long[] took = service.load().send(requests, rate, path);
    double used = service.cpuSeconds() - cpu;
    Snapshot after = service.snapshot();
    Arrays.sort(took);
    rows.add(row + "CPU a request, us", variant, used / requests * 1e6);
    rows.add(row + "bytes a request", variant, after.bytesSince(before, thread -> true) / requests);
    rows.add(row + "p99, us", variant, took[(int) (took.length * 0.99)] / 1e3);
  }

  /** Of a load that any exporter keeps up with. */
  private void delivered(MeasuredService service, SpanCounter receiver, String row, Variant variant)
      throws IOException, InterruptedException {
    if (!variant.exports()) return;
    awaitQuiet(receiver);
    long before = receiver.requests();
    service.load().send(RATES[0], RATES[0], PATHS[0]);
    awaitQuiet(receiver);
    rows.add(
        row + ", requests delivered, %",
        variant,
        100.0 * (receiver.requests() - before) / RATES[0]);
  }

  /** Until nothing has come for longer than a batch may wait (5 s). */
  private static void awaitQuiet(SpanCounter receiver) throws InterruptedException {
    long seen = -1;
    for (int quiet = 0; quiet < 70; quiet++) {
      if (receiver.requests() != seen) {
        seen = receiver.requests();
        quiet = 0;
      }
      Thread.sleep(100);
    }
  }

  private long nanos() {
    return arguments.seconds() * 1_000_000_000L;
  }
}
