package shop.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts an edition, lets visitors come, and measures. */
final class EditionRun {
  private static final int WORKER_SECONDS = 3;

  private final Parts parts;
  private final Plan plan;
  private final Consumer<String> progress;

  EditionRun(Parts parts, Plan plan, Consumer<String> progress) {
    this.parts = parts;
    this.plan = plan;
    this.progress = progress;
  }

  Measured measure(Edition edition, String partner, Path folder)
      throws IOException, InterruptedException {
    progress.accept(edition.title() + ": fills its databases and opens");
    List<String> arguments = List.of("--shop.partner.url=" + partner);
    try (ShopProcess shop =
        ShopProcess.start(parts, edition, plan.size(), folder, parts.agentOptions(), arguments)) {
      AgentPort agent = new AgentPort(shop);
      Gatling gatling = new Gatling(parts, plan, shop.address(), folder);
      progress.accept(edition.title() + ": warms up");
      try (Gatling.Run warmUp = gatling.warmUp()) {
        warmUp.end();
      }
      settle();
      progress.accept(edition.title() + ": visitors come");
      Metrics before = agent.metrics();
      SimulationLog visits;
      List<Moment> moments;
      try (Gatling.Run run = gatling.visitors();
          Sampler sampler = new Sampler(shop, agent, run.process().handle())) {
        visits = run.end();
        moments = sampler.moments();
      }
      settle();
      Metrics after = agent.metrics();
      JsonNode problems = agent.problems();
      progress.accept(edition.title() + ": how much at most");
      SimulationLog capacity;
      try (Gatling.Run run = gatling.capacity()) {
        capacity = run.end();
      }
      return new Measured(
          edition, plan, visits, before, after, moments, problems, agent.doctor(), capacity);
    }
  }

  /** The agent judges a request within seconds of its end. */
  private static void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(WORKER_SECONDS);
  }
}
