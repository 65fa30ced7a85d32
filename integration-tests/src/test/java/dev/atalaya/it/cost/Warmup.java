package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What warming up costs: full load soon after the start, the same once the compiler rests, and a
 * pace that leaves time, with none, one, four and 21 JDBC calls a request; and what the JIT does
 * meanwhile. Linux only.
 *
 * <p>Arguments: {@code [--java HOME] [--rounds N] [--seconds N] [--before JAR] [--only
 * VARIANT,...]}.
 */
public final class Warmup {
  private static final String[] PATHS = {"/empty", "/jdbc1", "/jdbc4", "/jdbc21"};
  private static final int[] RATES = {1_000, 600, 300, 100};
  private static final int MOST_REST = 30;

  private List<Variant> variants =
      List.of(
          Variant.NONE, Variant.ATALAYA, Variant.BEFORE, Variant.OPENTELEMETRY, Variant.NONE_AGAIN);
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private int rounds = 1;
  private int seconds = 10;

  /** A row: a title, and of each variant what was measured in each round. */
  private final Map<String, Map<Variant, List<Double>>> rows = new TreeMap<>();

  private Warmup(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--java" -> javaHome = Path.of(args[++i]);
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--seconds" -> seconds = Integer.parseInt(args[++i]);
        case "--before" -> System.setProperty("atalaya.before.jar", args[++i]);
        case "--only" ->
            variants =
                Arrays.stream(args[++i].split(","))
                    .map(name -> Variant.valueOf(name.toUpperCase(Locale.ROOT)))
                    .toList();
        default -> throw new IllegalArgumentException("Unknown option " + args[i]);
      }
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Warmup(args).run();
  }

  private void run() throws IOException, InterruptedException {
    Bench bench = Bench.build();
    for (int round = 0; round < rounds; round++) {
      for (Variant variant : variants) {
        if (variant == Variant.BEFORE && bench.agent(variant) == null) continue;
        measure(bench, variant);
        System.err.println("round " + (round + 1) + ", " + variant.title);
      }
    }
    print();
  }

  private void measure(Bench bench, Variant variant) throws IOException, InterruptedException {
    String name = variant.name().toLowerCase(Locale.ROOT);
    Path log = bench.target().resolve("warmup-" + name + ".log");
    try (SpanCounter receiver = new SpanCounter();
        MeasuredService service =
            MeasuredService.start(bench, javaHome, variant, receiver, Compilations.flags(log));
        Compilations jit = new Compilations(log, service.pid())) {
      long sent = 1;
      for (String path : PATHS) {
        add("1 full load after the start, " + path + ", a second", variant, full(service, path));
      }
      int end = jit.second();
      rest(jit);
      int rested = jit.second();
      for (String path : PATHS) {
        add(
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
      add("8 agent's methods of C2 thrown away", variant, sum(jit.ownThrownAway()));
      keep(bench.target().resolve("warmup-" + name + ".csv"), sums, jit.ownThrownAway());
    }
  }

  private double full(MeasuredService service, String path) throws IOException {
    return service.load().full(seconds * 1_000_000_000L, path);
  }

  /** Until the compiler has done next to nothing for three seconds. */
  private static void rest(Compilations jit) throws InterruptedException {
    int quiet = 0;
    for (int second = 0; second < MOST_REST && quiet < 3; second++) {
      long before = jit.cpuMillis();
      Thread.sleep(1_000);
      quiet = jit.cpuMillis() - before < 10 ? quiet + 1 : 0;
    }
  }

  private void paced(MeasuredService service, Variant variant, String path, int rate)
      throws IOException {
    int requests = rate * seconds;
    double cpu = service.cpuSeconds();
    long[] took = service.load().send(requests, rate, path);
    double used = (service.cpuSeconds() - cpu) / requests * 1e6;
    Arrays.sort(took);
    add("3 paced, " + path + ", CPU a request, us", variant, used);
    add("3 paced, " + path + ", p99, us", variant, took[(int) (took.length * 0.99)] / 1e3);
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
    add(phase + ", JIT's CPU, s", variant, cpu / 1e3);
    add(phase + ", compilations", variant, compiled);
    add(phase + ", thrown away", variant, thrownAway);
  }

  private void add(String row, Variant variant, double value) {
    rows.computeIfAbsent(row, r -> new TreeMap<>())
        .computeIfAbsent(variant, v -> new ArrayList<>())
        .add(value);
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

  private void print() {
    StringBuilder head = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("|---|");
    for (Variant variant : variants) {
      head.append(' ').append(variant.title).append(" |");
      line.append("---|");
    }
    System.out.println(head + "\n" + line);
    rows.forEach(
        (row, values) -> {
          StringBuilder out = new StringBuilder("| " + row.substring(2) + " |");
          for (Variant variant : variants) {
            List<Double> found = values.getOrDefault(variant, List.of());
            out.append(' ').append(found.isEmpty() ? "" : number(median(found))).append(" |");
          }
          System.out.println(out);
        });
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value < 100 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElseThrow();
  }
}
