package shop.load;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;

/**
 * A day in the shop: visitors come at a steady rate, however slowly they are served (open model).
 * {@link Settings} says how many and for how long.
 */
public final class ShopSimulation extends Simulation {
  private final Settings settings = Settings.given();
  private final Popularity products = new Popularity(settings.size().products());

  public ShopSimulation() {
    Visits visits = new Visits(settings, products);
    setUp(
            coming(visits.browsing(), 0.52),
            coming(visits.searching(), 0.20),
            coming(visits.buying(), 0.16),
            coming(visits.uploading(), 0.05),
            coming(visits.analysing(), 0.07),
            visits
                .watching()
                .injectOpen(constantUsersPerSec(1).during(settings.ramp() + settings.seconds())))
        .protocols(settings.browser());
  }

  private PopulationBuilder coming(ScenarioBuilder visit, double share) {
    double visitors = settings.visitors() * share;
    return visit.injectOpen(
        rampUsersPerSec(visitors / 10).to(visitors).during(settings.ramp()),
        constantUsersPerSec(visitors).during(settings.seconds()));
  }

  @Override
  public void before() {
    if (settings.pictures()) {
      new FirstPictures(settings).hang(products);
    }
  }
}
