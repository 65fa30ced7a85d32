package shop.report;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at a shop every second while it is under load. */
final class Sampler implements AutoCloseable {
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<Moment> moments = new ArrayList<>();
  private final ShopProcess shop;
  private final AgentPort agent;
  private final ProcessHandle load;

  Sampler(ShopProcess shop, AgentPort agent, ProcessHandle load) {
    this.shop = shop;
    this.agent = agent;
    this.load = load;
    clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      double loadCpu = load.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
      add(Moment.of(agent.metrics(), shop.databaseCpuSeconds(), loadCpu));
    } catch (IOException missed) {
      // One look fewer: the shop had no time for it.
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void add(Moment moment) {
    moments.add(moment);
  }

  synchronized List<Moment> moments() {
    return List.copyOf(moments);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
