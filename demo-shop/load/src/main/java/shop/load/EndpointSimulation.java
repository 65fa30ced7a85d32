package shop.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Simulation;
import java.util.concurrent.atomic.AtomicInteger;

/** One path alone, asked for by a few customers without pause: something to profile. */
public final class EndpointSimulation extends Simulation {
  private static final int CUSTOMERS = 4;

  private final Settings settings = Settings.given();
  private final AtomicInteger customers = new AtomicInteger();

  public EndpointSimulation() {
    Visitor visitor = new Visitor(settings, new Popularity(settings.size().products()));
    String path = System.getProperty("shop.path", "/api/orders");
    setUp(
            scenario(path)
                .exec(session -> visitor.isCustomer(session, customers.getAndIncrement()))
                .exec(Asking.login())
                .during(settings.seconds())
                .on(http(path).get(path).check(status().in(200, 304)))
                .injectOpen(atOnceUsers(CUSTOMERS)))
        .protocols(settings.browser().disableCaching());
  }
}
