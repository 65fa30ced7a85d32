package shop.naive;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.Checkout;
import shop.CheckoutRefusedException;
import shop.NotFoundException;
import shop.OrderPlaced;
import shop.data.CartItem;
import shop.data.CartItems;
import shop.data.Customer;
import shop.data.Customers;
import shop.data.Order;
import shop.data.Orders;
import shop.data.Product;
import shop.data.Products;
import shop.partner.Partner;

/** Turns a cart into a paid order. */
@Service
@Profile("naive")
class NaiveCheckout implements Checkout {
  private final Customers customers;
  private final CartItems items;
  private final Products products;
  private final Orders orders;
  private final Partner partner;
  private final StringRedisTemplate redis;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  NaiveCheckout(
      Customers customers,
      CartItems items,
      Products products,
      Orders orders,
      Partner partner,
      StringRedisTemplate redis,
      ApplicationEventPublisher events,
      Clock clock) {
    this.customers = customers;
    this.items = items;
    this.products = products;
    this.orders = orders;
    this.partner = partner;
    this.redis = redis;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Sins: every item is read, taken from stock, inserted and deleted by statements of its own; and
   * the partner is asked for one thing after the other, while the transaction holds a connection
   * and locks.
   */
  @Override
  @Transactional
  public Receipt checkout(long customerId) {
    Customer customer =
        customers
            .findLockedById(customerId)
            .orElseThrow(() -> new NotFoundException("customer", customerId));
    List<CartItem> cart = items.findByCustomerIdOrderByProductId(customerId);
    if (cart.isEmpty()) {
      throw new CheckoutRefusedException("The cart is empty.");
    }
    Order order = new Order(customer, LocalDate.now(clock));
    for (CartItem item : cart) {
      Product product = products.findById(item.getProductId()).orElseThrow();
      if (products.takeFromStock(product.getId(), item.getQuantity()) == 0) {
        throw new CheckoutRefusedException("Too few left of " + product.getName() + ".");
      }
      order.add(product, item.getQuantity());
      items.delete(item);
    }
    BigDecimal shipping = shipping(cart);
    if (!partner.trusts(customerId)) {
      throw new CheckoutRefusedException("The partner does not trust this customer.");
    }
    orders.saveAndFlush(order);
    BigDecimal total = order.total().add(shipping);
    order.paid(partner.pay(order.getId(), total));
    for (CartItem item : cart) {
      redis.opsForValue().decrement("stock:" + item.getProductId(), item.getQuantity());
    }
    events.publishEvent(new OrderPlaced(order.getId(), customer.getName()));
    return new Receipt(order.getId(), total, order.getPayment());
  }

  private BigDecimal shipping(List<CartItem> cart) {
    BigDecimal shipping = BigDecimal.ZERO;
    for (CartItem item : cart) {
      shipping = shipping.add(partner.shipping(item.getProductId(), item.getQuantity()));
    }
    return shipping;
  }
}
