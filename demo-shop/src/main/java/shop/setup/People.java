package shop.setup;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;

/** The rows of who buys: customers, what lies in their carts, and what they ordered. */
public final class People {
  private static final String[] FIRST_NAMES = {
    "Ada", "Bruno", "Carla", "David", "Elena", "Felix", "Grete", "Hugo", "Ines", "Jonas", "Klara"
  };
  private static final String[] LAST_NAMES = {
    "Abel", "Berg", "Costa", "Dumas", "Engel", "Ferro", "Garcia", "Holm", "Ito", "Jansen", "Kranz",
    "Lopez", "Meyer"
  };
  private static final String[] CITIES = {
    "Lisbon", "Bergen", "Turin", "Graz", "Ghent", "Brno", "Cork"
  };

  private static final String PASSWORD =
      "$2a$06$6HzEjnHgJANQ6Fce3DR9TOt/k2/ZiWc.KiZXlZ8aZAX1HQ01h9/oK";

  private static final LocalDate OPENING = LocalDate.of(2025, 7, 1);

  private People() {}

  static void customers(Copy to, Size size) throws IOException {
    for (int i = 1; i <= size.customers; i++) {
      String name = FIRST_NAMES[i % 11] + ' ' + LAST_NAMES[i % 13];
      to.row(i, name, email(i), PASSWORD, CITIES[i % 7]);
    }
  }

  /** What a customer logs in with, beside everybody's password, {@code shop}. */
  public static String email(int customer) {
    return FIRST_NAMES[customer % 11].toLowerCase(Locale.ROOT) + customer + "@example.com";
  }

  /** 8 to 12 items; every tenth customer has 24, which is where the agent counts writes. */
  static void carts(Copy to, Size size) throws IOException {
    for (int customer = 1; customer <= size.customers; customer++) {
      int items = customer % 10 == 0 ? 24 : 8 + customer % 5;
      for (int item = 1; item <= items; item++) {
        to.row(customer, 1 + (customer * 13 + item * 7) % size.products, 1 + item % 2);
      }
    }
  }

  /** A year of them, in the order of their ids from 1. */
  static void orders(Copy to, Size size) throws IOException {
    for (int order = 1; order <= size.orders; order++) {
      LocalDate day = OPENING.plusDays(order * 364L / size.orders);
      to.row(1 + order * 37 % size.customers, day);
    }
  }

  /** One to five an order. */
  static void orderLines(Copy to, Size size) throws IOException {
    for (int order = 1; order <= size.orders; order++) {
      for (int line = 1; line <= 1 + order % 5; line++) {
        int product = 1 + (order * 101 + line * 1013) % size.products;
        String note = (order + line) % 9 == 0 ? "Please wrap it as a gift." : "";
        to.row(order, product, 1 + (order + line) % 3, Goods.price(product), note);
      }
    }
  }
}
