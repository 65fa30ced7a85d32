package shop.tuned;

import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.data.domain.PageRequest;
import org.springframework.stereotype.Service;
import shop.NotFoundException;
import shop.OrderHistory;
import shop.data.Order;
import shop.data.OrderLine;

/** Orders as their customers, and the shopkeeper, see them: a page is two queries. */
@Service
@Profile("tuned")
class TunedOrderHistory implements OrderHistory {
  private final OrderQueries orders;

  TunedOrderHistory(OrderQueries orders) {
    this.orders = orders;
  }

  @Override
  public List<OrderView> ofCustomer(long customer, int page) {
    return views(orders.idsOfCustomer(customer, PageRequest.of(page, PAGE_SIZE)));
  }

  @Override
  public OrderView order(long customer, long id) {
    return orders
        .findWithLinesById(id)
        .filter(order -> order.getCustomer().getId() == customer)
        .map(TunedOrderHistory::view)
        .orElseThrow(() -> new NotFoundException("order", id));
  }

  @Override
  public List<OrderView> newest(int page) {
    return views(orders.newestIds(PageRequest.of(page, PAGE_SIZE)));
  }

  private List<OrderView> views(List<Long> ids) {
    return ids.isEmpty()
        ? List.of()
        : orders.findWithLines(ids).stream().map(TunedOrderHistory::view).toList();
  }

  private static OrderView view(Order order) {
    return new OrderView(
        order.getId(),
        order.getCustomer().getName(),
        order.getPlacedOn(),
        order.getLines().stream().map(TunedOrderHistory::view).toList(),
        order.total());
  }

  private static LineView view(OrderLine line) {
    return new LineView(
        line.getProduct().getId(),
        line.getProduct().getName(),
        line.getQuantity(),
        line.getPrice());
  }
}
