package shop.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.group;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.core.CoreDsl.uniformRandomSwitch;
import static shop.load.Asking.get;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How much the shop can do at most, one kind of work after the other: some users ask as fast as
 * they are answered, without a browser's cache (closed model). Each kind is a group in the log.
 */
public final class CapacitySimulation extends Simulation {
  private final Settings settings = Settings.given();
  private final Visitor visitor = new Visitor(settings, new Popularity(settings.size().products()));
  private final AtomicInteger customers = new AtomicInteger();
  private final Supplier<byte[]> photos = Photos.forever();

  public CapacitySimulation() {
    setUp(
            phase(Throughput.SIMPLE_API, simple())
                .andThen(
                    phase(Throughput.DATABASE, database())
                        .andThen(
                            phase(Throughput.FILES, files())
                                .andThen(phase(Throughput.ANALYTICS, analytics())))))
        .protocols(settings.browser().disableCaching());
  }

  private PopulationBuilder phase(Throughput kind, ChainBuilder work) {
    return scenario(kind.title())
        .exec(visitor::arrives)
        .exec(session -> visitor.isCustomer(session, customers.getAndIncrement()))
        .exec(Asking.login())
        .during(settings.seconds())
        .on(group(kind.title()).on(work))
        .injectOpen(atOnceUsers(kind.users()));
  }

  private ChainBuilder simple() {
    return exec(visitor::wantsProduct)
        .uniformRandomSwitch()
        .on(
            exec(Asking.product()),
            exec(get(Endpoint.STOCK, "/api/async/#{product}")),
            exec(get(Endpoint.CATEGORIES, "/api/categories")),
            exec(get(Endpoint.ACCOUNT, "/api/account")));
  }

  private ChainBuilder database() {
    return uniformRandomSwitch()
        .on(
            exec(visitor::wantsCategory)
                .exec(Asking.catalogue("category=#{category}&sort=#{sort}")),
            exec(visitor::searches)
                .exec(Asking.search("q=#{word}&category=#{category}&min=#{min}&max=#{max}")),
            exec(visitor::wantsProduct)
                .exec(get(Endpoint.RECOMMENDATIONS, "/api/products/#{product}/recommendations")),
            exec(Asking.orders()));
  }

  private ChainBuilder files() {
    return exec(visitor::wantsProduct)
        .exec(session -> session.set("photo", photos.get()))
        .exec(Asking.upload());
  }

  private ChainBuilder analytics() {
    return exec(visitor::searches)
        .uniformRandomSwitch()
        .on(
            exec(get(Endpoint.SALES, "/api/reports/sales")),
            exec(get(Endpoint.DEMAND, "/api/reports/demand?q=#{word}")),
            exec(get(Endpoint.NEWEST_ORDERS, "/api/reports/orders?page=#{page}")));
  }
}
