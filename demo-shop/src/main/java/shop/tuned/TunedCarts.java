package shop.tuned;

import java.math.BigDecimal;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import shop.Carts;
import shop.NotFoundException;
import shop.data.Customers;
import shop.data.Products;

/** The customers' carts: one join, and no transaction while the partner is asked. */
@Service
@Profile("tuned")
class TunedCarts implements Carts {
  private final CartQueries carts;
  private final ShippingPrices shipping;
  private final Customers customers;
  private final Products products;

  TunedCarts(CartQueries carts, ShippingPrices shipping, Customers customers, Products products) {
    this.carts = carts;
    this.shipping = shipping;
    this.customers = customers;
    this.products = products;
  }

  @Override
  public CartView cart(long customer) {
    List<CartRow> rows = carts.cart(customer);
    List<ItemView> items =
        rows.stream()
            .map(
                row ->
                    new ItemView(
                        row.product(), row.name(), row.quantity(), row.price(), row.total()))
            .toList();
    BigDecimal sum = rows.stream().map(CartRow::total).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new CartView(customer, items, shipping.sum(rows), sum);
  }

  /** Foreign keys find what does not exist; only then is it asked what that is. */
  @Override
  public void add(long customer, long product, int quantity) {
    try {
      carts.add(customer, product, quantity);
    } catch (DataIntegrityViolationException e) {
      if (!customers.existsById(customer)) {
        throw new NotFoundException("customer", customer);
      }
      if (!products.existsById(product)) {
        throw new NotFoundException("product", product);
      }
      throw e;
    }
  }

  @Override
  public void remove(long customer, long product) {
    carts.remove(customer, product);
  }
}
