package dev.atalaya.it.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The cost benchmark: runs the same service with no agent, with OpenTelemetry's, with Atalaya's,
 * and with none again, by turns, and prints what each adds as a Markdown table.
 *
 * <p>Arguments: {@code [--java HOME]... [--rounds N] [--starts N] [--exact] [--before JAR] [--only
 * VARIANT,...]}.
 */
public final class Cost {
  private final List<Path> javaHomes = new ArrayList<>();
  private List<Variant> variants =
      Arrays.stream(Variant.values()).filter(one -> one != Variant.DATADOG).toList();
  private int starts = 5;
  private int rounds = 3;
  private Measurement.Size size = Measurement.Size.FULL;

  private Cost(String[] args) {
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--java" -> javaHomes.add(Path.of(args[++i]));
        case "--starts" -> starts = Integer.parseInt(args[++i]);
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--before" -> System.setProperty("atalaya.before.jar", args[++i]);
        case "--exact" -> size = Measurement.Size.EXACT;
        case "--only" ->
            variants =
                Arrays.stream(args[++i].split(","))
                    .map(name -> Variant.valueOf(name.toUpperCase(Locale.ROOT)))
                    .toList();
        default -> throw new IllegalArgumentException("Unknown option " + args[i]);
      }
    }
    if (javaHomes.isEmpty()) {
      javaHomes.add(Path.of(System.getProperty("java.home")));
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new Cost(args).run();
  }

  private void run() throws IOException, InterruptedException {
    Bench bench = Bench.build();
    for (Path javaHome : javaHomes) {
      Measurement measurement = new Measurement(bench, javaHome);
      List<Map<Variant, Map<Metric, Double>>> runs = new ArrayList<>();
      for (int round = 0; round < Math.max(starts, rounds); round++) {
        Map<Variant, Map<Metric, Double>> run = new EnumMap<>(Variant.class);
        for (Variant variant : variants) {
          Path agent = bench.agent(variant);
          if (variant == Variant.BEFORE && agent == null) {
            continue;
          }
          if (agent != null && !Files.exists(agent)) {
            System.err.println("No " + agent + ", so it is left out");
            continue;
          }
          Map<Metric, Double> found = new EnumMap<>(Metric.class);
          if (round < starts) {
            found.putAll(measurement.startUp(variant));
          }
          if (round < rounds && variant != Variant.EMPTY) {
            found.putAll(measurement.load(variant, size));
          }
          System.err.println("round " + (round + 1) + ", " + variant.title + ": " + found);
          run.put(variant, found);
        }
        runs.add(run);
      }
      System.out.println(new Table(javaHome, runs, measurement.errors()));
    }
  }
}
