package shop.report;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs simulations against a shop, each in a JVM of its own. */
final class Gatling {
  private static final int PATIENCE_SECONDS = 240;

  private final Parts parts;
  private final Plan plan;
  private final URI shop;
  private final Path folder;

  Gatling(Parts parts, Plan plan, URI shop, Path folder) {
    this.parts = parts;
    this.plan = plan;
    this.shop = shop;
    this.folder = folder;
  }

  /** A simulation that has begun. */
  record Run(JavaProcess process, Path results, int seconds) implements AutoCloseable {

    SimulationLog end() throws IOException, InterruptedException {
      process.join(seconds + PATIENCE_SECONDS);
      return SimulationLogReader.read(results);
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /** The visitors before those that are measured: they fill caches and make the JVM compile. */
  Run warmUp() throws IOException {
    return run("ShopSimulation", "warm-up", 2, plan.warmUpSeconds() - 2, Map.of("seed", "1"));
  }

  Run visitors() throws IOException {
    return run(
        "ShopSimulation",
        "visitors",
        plan.rampSeconds(),
        plan.seconds(),
        Map.of("seed", "2", "pictures", "false"));
  }

  Run capacity() throws IOException {
    return run("CapacitySimulation", "capacity", 0, plan.capacitySeconds(), Map.of("seed", "3"));
  }

  /** That path alone. */
  Run endpoint(String path, String name) throws IOException {
    return run("EndpointSimulation", name, 0, plan.seconds(), Map.of("path", path));
  }

  private Run run(String simulation, String name, int ramp, int seconds, Map<String, String> more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add("-Xmx512m");
    // Gatling writes strings as the JVM holds them.
    command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
    command.add("-Dshop.address=" + shop);
    command.add("-Dshop.size=" + plan.size().name().toLowerCase(Locale.ROOT));
    command.add("-Dshop.visitors=" + plan.visitors());
    command.add("-Dshop.ramp=" + ramp);
    command.add("-Dshop.seconds=" + seconds);
    more.forEach((key, value) -> command.add("-Dshop." + key + "=" + value));
    command.addAll(List.of("-cp", parts.load(), "io.gatling.app.Gatling"));
    Path results = folder.resolve(name);
    command.addAll(List.of("-s", "shop.load." + simulation, "-rf", results.toString(), "-nr"));
    JavaProcess process = JavaProcess.start(folder.resolve(name + ".log"), command);
    return new Run(process, results, ramp + seconds);
  }
}
