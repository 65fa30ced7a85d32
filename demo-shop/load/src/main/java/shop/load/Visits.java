package shop.load;

import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static shop.load.Asking.get;
import static shop.load.Visitor.sometimes;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What kinds of visitors the shop has, and what they do one after the other. */
final class Visits {
  private static final String AFTER = "&after=#{afterPrice}_#{afterId}";

  private final Visitor visitor;
  private final Supplier<byte[]> photos = Photos.forever();

  /** Numbers of customers: buyers have their own, since two of them must not share a cart. */
  private final AtomicInteger buyers;

  private final AtomicInteger others = new AtomicInteger();

  Visits(Settings settings, Popularity products) {
    this.visitor = new Visitor(settings, products);
    this.buyers = new AtomicInteger(settings.seed() * 4_001);
  }

  /** Looks around in a category, page by page, then at some products. */
  ScenarioBuilder browsing() {
    ChainBuilder nextPage =
        think()
            .exec(visitor::turnsPage)
            .exec(Asking.catalogue("category=#{category}&sort=#{sort}&page=#{page}" + AFTER));
    return scenario("browsing")
        .exec(visitor::arrives)
        .exec(get(Endpoint.CATEGORIES, "/api/categories"))
        .exec(visitor::wantsCategory)
        .exec(Asking.catalogue("category=#{category}&sort=#{sort}"))
        .repeat(2)
        .on(doIf(Visitor::sawMore).then(nextPage))
        .repeat(2)
        .on(think().exec(visitor::wantsProduct).exec(look()));
  }

  /** Searches by words, then within a category and a range of prices, and turns a page. */
  ScenarioBuilder searching() {
    String prices = "q=#{word}&category=#{category}&min=#{min}&max=#{max}&sort=price";
    return scenario("searching")
        .exec(visitor::arrives)
        .exec(visitor::searches)
        .exec(Asking.search("q=#{word}"))
        .exec(think())
        .exec(Asking.search(prices))
        .doIf(Visitor::sawMore)
        .then(
            think().exec(visitor::turnsPage).exec(Asking.search(prices + "&page=#{page}" + AFTER)))
        .exec(think())
        .exec(visitor::wantsProduct)
        .exec(look());
  }

  /** Fills the cart, pays, looks at the orders, and may say how it was. */
  ScenarioBuilder buying() {
    return scenario("buying")
        .exec(visitor::arrives)
        // Steps of seven: every tenth customer has a large cart.
        .exec(session -> visitor.isCustomer(session, buyers.getAndAdd(7)))
        .exec(Asking.login())
        .exec(get(Endpoint.ACCOUNT, "/api/account"))
        .exec(visitor::wantsProduct)
        .exec(Asking.product())
        .repeat(3)
        .on(think().exec(visitor::wantsItem).exec(Asking.addItem()))
        .exec(think())
        .exec(get(Endpoint.CART, "/api/cart"))
        .exec(think())
        .exec(Asking.checkout())
        .exec(think())
        .exec(Asking.orders())
        .exec(get(Endpoint.ORDER, "/api/orders/#{order}"))
        .doIf(sometimes(40)::apply)
        .then(think().exec(visitor::hasOpinion).exec(Asking.review()));
  }

  /** Sends a photo of a product and looks at what has become of it. */
  ScenarioBuilder uploading() {
    return scenario("uploading")
        .exec(visitor::arrives)
        .exec(session -> visitor.isCustomer(session, others.getAndAdd(3)))
        .exec(Asking.login())
        .exec(think())
        .exec(visitor::wantsProduct)
        .exec(session -> session.set("photo", photos.get()))
        .exec(Asking.upload())
        .exec(get(Endpoint.PICTURE, "/images/#{picture}/320"));
  }

  /** The shopkeeper looks at the figures. */
  ScenarioBuilder analysing() {
    return scenario("analysing")
        .exec(visitor::arrives)
        .exec(get(Endpoint.SALES, "/api/reports/sales"))
        .exec(think())
        .exec(visitor::searches)
        .exec(get(Endpoint.DEMAND, "/api/reports/demand?q=#{word}"))
        .exec(think())
        .exec(get(Endpoint.NEWEST_ORDERS, "/api/reports/orders?page=#{page}"));
  }

  /** What watches over the shop asks every second. */
  ScenarioBuilder watching() {
    return scenario("watching").exec(get(Endpoint.HEALTH, "/health"));
  }

  private ChainBuilder look() {
    return exec(Asking.product())
        .doIf(session -> session.contains("picture"))
        .then(exec(get(Endpoint.PICTURE, "/images/#{picture}/320")))
        .exec(get(Endpoint.STOCK, "/api/async/#{product}"))
        .doIf(sometimes(60)::apply)
        .then(exec(get(Endpoint.RECOMMENDATIONS, "/api/products/#{product}/recommendations")));
  }

  private static ChainBuilder think() {
    return pause(Duration.ofMillis(400), Duration.ofMillis(1_200));
  }
}
