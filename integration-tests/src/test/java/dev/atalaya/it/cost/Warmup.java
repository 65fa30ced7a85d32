package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What warming up costs: full load soon after the start, the same once the compiler rests, and a
 * pace that leaves time, with none, one, four and 21 JDBC calls a request; and what the JIT does
 * meanwhile. Linux only.
 *
 * @see Arguments
 */
public final class Warmup {
  private static final String[] PATHS = {"/empty", "/jdbc1", "/jdbc4", "/jdbc21"};
  private static final int[] RATES = {1_000, 600, 300, 100};

  private final Arguments arguments;
  private final Rows rows;

  private Warmup(String[] args) {
    arguments =
        new Arguments(
            args,
            Variant.NONE,
            Variant.ATALAYA,
            Variant.BEFORE,
            Variant.OPENTELEMETRY,
            Variant.NONE_AGAIN);
    rows = new Rows(arguments.variants());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Warmup(args).run();
  }

  private void run() throws IOException, InterruptedException {
    Bench bench = Bench.build();
    for (int round = 0; round < arguments.rounds(); round++) {
      for (Variant variant : arguments.variants()) {
        if (variant == Variant.BEFORE && bench.agent(variant) == null) continue;
        measure(bench, variant);
        System.err.println("round " + (round + 1) + ", " + variant.title);
      }
    }
    System.out.println(rows);
  }

  private void measure(Bench bench, Variant variant) throws IOException, InterruptedException {
    String name = variant.name().toLowerCase(Locale.ROOT);
    Path log = bench.target().resolve("warmup-" + name + ".log");
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(
                bench, arguments.javaHome(), variant, receiver, Compilations.flags(log));
        Compilations jit = new Compilations(log, service.pid())) {
      long sent = 1;
      for (String path : PATHS) {
        rows.add(
            "1 full load after the start, " + path + ", a second", variant, full(service, path));
      }
      int end = jit.second();
      jit.rest();
      int rested = jit.second();
      for (String path : PATHS) {
        rows.add(
            "2 full load, the compiler rested, " + path + ", a second",
            variant,
            full(service, path));
      }
      int pacing = jit.second();
      for (int i = 0; i < PATHS.length; i++) paced(service, variant, PATHS[i], RATES[i]);
      int last = jit.second();
      Thread.sleep(1_000);
      List<Compilations.Sum> sums = jit.bySecond();
      compiled("4 after the start", variant, sums.subList(0, end));
      compiled("5 rested", variant, sums.subList(rested, pacing));
      compiled("6 paced", variant, sums.subList(pacing, last));
      compiled("7 the whole run", variant, sums);
      rows.add("8 agent's methods of C2 thrown away", variant, sum(jit.ownThrownAway()));
      keep(bench.target().resolve("warmup-" + name + ".csv"), sums, jit.ownThrownAway());
    }
  }

  private double full(MeasuredService service, String path) throws IOException {
    return service.load().full(arguments.seconds() * 1_000_000_000L, path);
  }

  private void paced(MeasuredService service, Variant variant, String path, int rate)
      throws IOException {
    int requests = rate * arguments.seconds();
    double cpu = service.cpuSeconds();
    long[] took = service.load().send(requests, rate, path);
    double used = (service.cpuSeconds() - cpu) / requests * 1e6;
    Arrays.sort(took);
    rows.add("3 paced, " + path + ", CPU a request, us", variant, used);
    rows.add("3 paced, " + path + ", p99, us", variant, took[(int) (took.length * 0.99)] / 1e3);
  }

  private void compiled(String phase, Variant variant, List<Compilations.Sum> sums) {
    long cpu = 0;
    int compiled = 0;
    int thrownAway = 0;
    for (Compilations.Sum sum : sums) {
      cpu += sum.cpuMillis();
      compiled += sum.compiled();
      thrownAway += sum.thrownAway();
    }
    rows.add(phase + ", JIT's CPU, s", variant, cpu / 1e3);
    rows.add(phase + ", compilations", variant, compiled);
    rows.add(phase + ", thrown away", variant, thrownAway);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static void keep(Path file, List<Compilations.Sum> sums, Map<String, Integer> methods)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("second,jit_cpu_ms,compilations,thrown_away");
    for (int second = 0; second < sums.size(); second++) {
      Compilations.Sum sum = sums.get(second);
      lines.add(second + "," + sum.cpuMillis() + "," + sum.compiled() + "," + sum.thrownAway());
    }
    methods.forEach((method, count) -> lines.add("# thrown away: " + method + " " + count));
    Files.write(file, lines);
  }
}
