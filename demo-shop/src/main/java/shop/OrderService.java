package shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Orders as their customers see them. */
@Service
public class OrderService {
  private static final int PAGE_SIZE = 20;

  private final Orders orders;

  OrderService(Orders orders) {
    this.orders = orders;
  }

  public record OrderView(
      long id, String customer, LocalDate placedOn, List<LineView> lines, BigDecimal total) {}

  public record LineView(long product, String name, int quantity, BigDecimal price) {}

  /** The newest orders, of one customer or of all. */
  @Transactional(readOnly = true)
  public List<OrderView> list(@Nullable Long customer, int page) {
    PageRequest newest = PageRequest.of(Math.max(0, page), PAGE_SIZE);
    List<Order> found =
        customer == null
            ? orders.findAllByOrderByIdDesc(newest)
            : orders.findByCustomerIdOrderByIdDesc(customer, newest);
    List<OrderView> views = new ArrayList<>();
    for (Order order : found) {
      views.add(view(order));
    }
    return views;
  }

  @Transactional(readOnly = true)
  public OrderView order(long id) {
    return view(orders.findById(id).orElseThrow(() -> new NotFoundException("order", id)));
  }

  /** Sin: lines, products and customer are lazy; each is a SELECT of its own, order by order. */
  private OrderView view(Order order) {
    List<LineView> lines = new ArrayList<>();
    for (OrderLine line : order.getLines()) {
      Product product = line.getProduct();
      lines.add(
          new LineView(product.getId(), product.getName(), line.getQuantity(), line.getPrice()));
    }
    String customer = order.getCustomer().getName();
    return new OrderView(order.getId(), customer, order.getPlacedOn(), lines, order.total());
  }
}
