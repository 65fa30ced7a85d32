package shop.naive;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import shop.NotFoundException;
import shop.OrderHistory;
import shop.data.Order;
import shop.data.OrderLine;
import shop.data.Orders;
import shop.data.Product;

/** Orders as their customers, and the shopkeeper, see them. */
@Service
@Profile("naive")
class NaiveOrderHistory implements OrderHistory {
  private final Orders orders;

  NaiveOrderHistory(Orders orders) {
    this.orders = orders;
  }

  /** Sin: no index leads to a customer's orders, so all orders are read and these sorted by day. */
  @Override
  @Transactional(readOnly = true)
  public List<OrderView> ofCustomer(long customer, int page) {
    return views(
        orders.findByCustomerIdOrderByPlacedOnDescIdDesc(
            customer, PageRequest.of(page, PAGE_SIZE)));
  }

  @Override
  @Transactional(readOnly = true)
  public OrderView order(long customer, long id) {
    return orders
        .findById(id)
        .filter(order -> order.getCustomer().getId() == customer)
        .map(NaiveOrderHistory::view)
        .orElseThrow(() -> new NotFoundException("order", id));
  }

  @Override
  @Transactional(readOnly = true)
  public List<OrderView> newest(int page) {
    return views(orders.findAllByOrderByIdDesc(PageRequest.of(page, PAGE_SIZE)));
  }

  private static List<OrderView> views(List<Order> found) {
    List<OrderView> views = new ArrayList<>();
    for (Order order : found) {
      views.add(view(order));
    }
    return views;
  }

  /** Sin: lines, products and customer are lazy; each is a SELECT of its own, order by order. */
  private static OrderView view(Order order) {
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
