package shop.load;

import io.gatling.javaapi.core.Session;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What a visitor has in mind: by chance, and the same in each run with the same seed. */
final class Visitor {
  private static final List<String> WORDS =
      List.of(
          "oak",
          "lamp",
          "chair",
          "wool",
          "copper tent",
          "glass",
          "nordic",
          "bamboo bench",
          "mug",
          "clock",
          "quiet",
          "walnut shelf",
          "linen",
          "backpack",
          "steel",
          "felt bowl");
  private static final List<String> CATEGORIES =
      List.of("Living", "Kitchen", "Desk", "Garden", "Outdoors");
  private static final String RANDOM = "random";

  private final Settings settings;
  private final Popularity products;
  private final Popularity words = new Popularity(WORDS.size());
  private final Popularity categories = new Popularity(CATEGORIES.size());

  Visitor(Settings settings, Popularity products) {
    this.settings = settings;
    this.products = products;
  }

  Session arrives(Session session) {
    long seed = settings.seed() * 1_000_003L + session.userId();
    return session.set(RANDOM, new SplittableRandom(seed));
  }

  private static SplittableRandom random(Session session) {
    return session.get(RANDOM);
  }

  /** In so many of a hundred cases. */
  static Function<Session, Boolean> sometimes(int percent) {
    return session -> random(session).nextInt(100) < percent;
  }

  Session wantsProduct(Session session) {
    return session.set("product", products.next(random(session))).remove("picture");
  }

  /** Any: what many buy would be sold out before the others. */
  Session wantsItem(Session session) {
    return session
        .set("item", 1 + random(session).nextInt(settings.size().products()))
        .set("quantity", 1 + random(session).nextInt(2));
  }

  Session wantsCategory(Session session) {
    SplittableRandom random = random(session);
    boolean all = random.nextInt(3) == 0;
    return session
        .set("category", all ? "" : CATEGORIES.get(categories.next(random) - 1))
        .set("sort", random.nextInt(3) == 0 ? "price" : "id")
        .set("page", 0);
  }

  Session searches(Session session) {
    SplittableRandom random = random(session);
    int from = 10 + 20 * random.nextInt(4);
    return session
        .set("word", WORDS.get(words.next(random) - 1).replace(' ', '+'))
        .set("category", CATEGORIES.get(categories.next(random) - 1))
        .set("min", from)
        .set("max", from + 40)
        .set("page", 0);
  }

  /** Whether the page that was seen last has one behind it. */
  static boolean sawMore(Session session) {
    return !session.getString("afterId").isEmpty();
  }

  Session turnsPage(Session session) {
    return session.set("page", session.getInt("page") + 1);
  }

  Session hasOpinion(Session session) {
    return session.set("stars", 3 + random(session).nextInt(3));
  }

  /** One of the customers, so that their emails can log in. */
  Session isCustomer(Session session, int number) {
    return session.set("email", settings.size().email(1 + number % settings.size().customers()));
  }
}
