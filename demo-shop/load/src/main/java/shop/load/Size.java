package shop.load;

/** What the shop was filled with: {@code --shop.size} of the shop. */
public enum Size {
  SMALL(200, 50),
  MEDIUM(5_000, 1_000),
  LARGE(100_000, 20_000);

  private static final String[] FIRST_NAMES = {
    "ada", "bruno", "carla", "david", "elena", "felix", "grete", "hugo", "ines", "jonas", "klara"
  };

  private final int products;
  private final int customers;

  Size(int products, int customers) {
    this.products = products;
    this.customers = customers;
  }

  public int products() {
    return products;
  }

  public int customers() {
    return customers;
  }

  /** The email of a customer, from 1. */
  public String email(int customer) {
    return FIRST_NAMES[customer % FIRST_NAMES.length] + customer + "@example.com";
  }
}
