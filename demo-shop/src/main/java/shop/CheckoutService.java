package shop;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.payment.Payments;

/** Turns a cart into a paid order. */
@Service
public class CheckoutService {
  private final Customers customers;
  private final CartItems items;
  private final Products products;
  private final Orders orders;
  private final Payments payments;
  private final StringRedisTemplate redis;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  CheckoutService(
      Customers customers,
      CartItems items,
      Products products,
      Orders orders,
      Payments payments,
      StringRedisTemplate redis,
      ApplicationEventPublisher events,
      Clock clock) {
    this.customers = customers;
    this.items = items;
    this.products = products;
    this.orders = orders;
    this.payments = payments;
    this.redis = redis;
    this.events = events;
    this.clock = clock;
  }

  public record Receipt(long order, BigDecimal total, String payment) {}

  /**
   * Sins: every item is read, taken from stock, inserted and deleted by statements of its own, and
   * the payment partner is called while the transaction holds a connection and locks.
   */
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
    orders.saveAndFlush(order);
    String payment = payments.pay(order.getId(), order.total());
    for (CartItem item : cart) {
      redis.opsForValue().decrement("stock:" + item.getProductId(), item.getQuantity());
    }
    events.publishEvent(new OrderPlaced(order.getId(), customer.getName()));
    return new Receipt(order.getId(), order.total(), payment);
  }
}
