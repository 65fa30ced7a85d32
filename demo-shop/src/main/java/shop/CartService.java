package shop;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The customers' carts. */
@Service
public class CartService {
  private final Customers customers;
  private final CartItems items;
  private final Products products;

  CartService(Customers customers, CartItems items, Products products) {
    this.customers = customers;
    this.items = items;
    this.products = products;
  }

  public record CartView(long customer, List<ItemView> items, BigDecimal total) {}

  public record ItemView(
      long product, String name, int quantity, BigDecimal price, BigDecimal total) {}

  /** Sin: a findById per item, where findAllById would read them at once. */
  @Transactional(readOnly = true)
  public CartView cart(long customer) {
    List<ItemView> views = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (CartItem item : items.findByCustomerIdOrderByProductId(customer)) {
      Product product = products.findById(item.getProductId()).orElseThrow();
      BigDecimal total = product.getPrice().multiply(BigDecimal.valueOf(item.getQuantity()));
      views.add(
          new ItemView(
              product.getId(), product.getName(), item.getQuantity(), product.getPrice(), total));
      sum = sum.add(total);
    }
    return new CartView(customer, views, sum);
  }

  @Transactional
  public void add(long customer, long product, int quantity) {
    if (customers.findLockedById(customer).isEmpty()) {
      throw new NotFoundException("customer", customer);
    }
    if (!products.existsById(product)) {
      throw new NotFoundException("product", product);
    }
    CartItem item =
        items
            .findByCustomerIdAndProductId(customer, product)
            .orElseGet(() -> new CartItem(customer, product));
    item.addQuantity(quantity);
    items.save(item);
  }
}
