package shop.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.Carts;
import shop.NotFoundException;
import shop.data.CartItem;
import shop.data.CartItems;
import shop.data.Customers;
import shop.data.Product;
import shop.data.Products;
import shop.partner.Partner;

/** The customers' carts. */
@Service
@Profile("naive")
class NaiveCarts implements Carts {
  private final Customers customers;
  private final CartItems items;
  private final Products products;
  private final Partner partner;

  NaiveCarts(Customers customers, CartItems items, Products products, Partner partner) {
    this.customers = customers;
    this.items = items;
    this.products = products;
    this.partner = partner;
  }

  /** Sin: a findById per item, where findAllById would read them at once. */
  @Override
  @Transactional(readOnly = true)
  public CartView cart(long customer) {
    List<ItemView> views = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    List<CartItem> cart = items.findByCustomerIdOrderByProductId(customer);
    for (CartItem item : cart) {
      Product product = products.findById(item.getProductId()).orElseThrow();
      BigDecimal total = product.getPrice().multiply(BigDecimal.valueOf(item.getQuantity()));
      views.add(
          new ItemView(
              product.getId(), product.getName(), item.getQuantity(), product.getPrice(), total));
      sum = sum.add(total);
    }
    return new CartView(customer, views, shipping(cart), sum);
  }

  /** Sin: the partner is asked item by item, while the transaction holds a connection. */
  private BigDecimal shipping(List<CartItem> cart) {
    BigDecimal shipping = BigDecimal.ZERO;
    for (CartItem item : cart) {
      shipping = shipping.add(partner.shipping(item.getProductId(), item.getQuantity()));
    }
    return shipping;
  }

  @Override
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

  @Override
  @Transactional
  public void remove(long customer, long product) {
    items.findByCustomerIdAndProductId(customer, product).ifPresent(items::delete);
  }
}
