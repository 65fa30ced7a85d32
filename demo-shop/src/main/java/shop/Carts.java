package shop;

import java.math.BigDecimal;
import java.util.List;

/** The customers' carts. */
public interface Carts {

  /**
   * @param shipping what the partner asks for sending all items
   * @param total of the items, without shipping
   */
  record CartView(long customer, List<ItemView> items, BigDecimal shipping, BigDecimal total) {}

  record ItemView(long product, String name, int quantity, BigDecimal price, BigDecimal total) {}

  CartView cart(long customer);

  /** Adds to what is there already. Throws {@link NotFoundException}. */
  void add(long customer, long product, int quantity);

  /** Does nothing where the product is not in the cart. */
  void remove(long customer, long product);
}
