package dev.atalaya.it.cost;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a benchmark of some seconds a load is told: {@code [--java HOME] [--rounds N] [--seconds N]
 * [--before JAR] [--only VARIANT,...]}.
 */
final class Arguments {
  private List<Variant> variants;
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private int rounds = 1;
  private int seconds = 10;

  /** {@code variants}: those that are measured where it is not told which. */
  Arguments(String[] args, Variant... variants) {
    this.variants = List.of(variants);
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--java" -> javaHome = Path.of(args[++i]);
        case "--rounds" -> rounds = Integer.parseInt(args[++i]);
        case "--seconds" -> seconds = Integer.parseInt(args[++i]);
        case "--before" -> System.setProperty("atalaya.before.jar", args[++i]);
        case "--only" ->
            this.variants =
                Arrays.stream(args[++i].split(","))
                    .map(name -> Variant.valueOf(name.toUpperCase(Locale.ROOT)))
                    .toList();
        default -> throw new IllegalArgumentException("Unknown option " + args[i]);
      }
    }
  }

  List<Variant> variants() {
    return variants;
  }

  Path javaHome() {
    return javaHome;
  }

  int rounds() {
    return rounds;
  }

  int seconds() {
    return seconds;
  }
}
