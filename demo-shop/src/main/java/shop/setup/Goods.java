package shop.setup;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

/** The rows of what is sold, and of what is said about it; a product is known by its number. */
final class Goods {
  private static final String[] ADJECTIVES = {
    "Quiet", "Plain", "Bright", "Little", "Old", "Clever", "Gentle", "Bold", "Fine", "Sunny",
    "Nordic", "Grand", "Light", "Round", "Merry", "True", "Slow"
  };
  private static final String[] MATERIALS = {
    "Oak", "Steel", "Wool", "Linen", "Cork", "Copper", "Glass", "Bamboo", "Clay", "Felt", "Walnut",
    "Brass", "Paper"
  };
  private static final String[] NOUNS = {
    "Lamp", "Chair", "Teapot", "Notebook", "Backpack", "Bowl", "Clock", "Pen", "Blanket", "Mug",
    "Tent", "Shelf", "Kettle", "Folder", "Lantern", "Bench", "Trowel", "Planter", "Stool", "Tray"
  };
  private static final String[] CATEGORIES = {
    "Living", "Living", "Kitchen", "Desk", "Outdoors", "Kitchen", "Living", "Desk", "Living",
    "Kitchen", "Outdoors", "Living", "Kitchen", "Desk", "Outdoors", "Garden", "Garden", "Garden",
    "Living", "Desk"
  };

  private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

  private Goods() {}

  static BigDecimal price(int product) {
    return BigDecimal.valueOf(500 + product * 7919 % 19_500, 2);
  }

  static void products(Copy to, Size size) throws IOException {
    for (int i = 1; i <= size.products; i++) {
      String adjective = ADJECTIVES[i % 17];
      String material = MATERIALS[(i + i / 20) % 13];
      String noun = NOUNS[i % 20];
      String category = CATEGORIES[i % 20];
      String name = adjective + ' ' + material + ' ' + noun;
      String description =
          ("This " + lower(adjective) + ' ' + lower(noun) + " of honest " + lower(material))
              + " is made in small numbers by people who use one themselves. It is checked by hand,"
              + " packed without plastic, and repaired for as long as someone asks. Goes well with"
              + (" everything else in " + lower(category) + '.');
      to.row(i, name, category, description, price(i), 200 + i * 31 % 800);
    }
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** None to eight a product. */
  static void reviews(Copy to, Size size) throws IOException {
    for (int product = 1; product <= size.products; product++) {
      for (int n = 1; n <= product % 9; n++) {
        int customer = 1 + (product * 17 + n * 7) % size.customers;
        int stars = 1 + (product + n) % 5;
        to.row(product, customer, stars, "Does what it should.", NEW_YEAR.plusDays(n));
      }
    }
  }
}
