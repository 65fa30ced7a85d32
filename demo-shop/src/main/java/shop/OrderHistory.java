package shop;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Orders as their customers, and the shopkeeper, see them. */
public interface OrderHistory {
  int PAGE_SIZE = 20;

  record OrderView(
      long id, String customer, LocalDate placedOn, List<LineView> lines, BigDecimal total) {}

  record LineView(long product, String name, int quantity, BigDecimal price) {}

  /** A customer's orders, the newest first. */
  List<OrderView> ofCustomer(long customer, int page);

  /** Throws {@link NotFoundException}, also where the order is another customer's. */
  OrderView order(long customer, long id);

  /** Everybody's orders, the newest first. */
  List<OrderView> newest(int page);
}
