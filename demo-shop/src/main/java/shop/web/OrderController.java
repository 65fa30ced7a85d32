package shop.web;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.Accounts.Account;
import shop.OrderHistory;

/** The orders of who is logged in, as JSON. */
@RestController
@RequestMapping("/api/orders")
class OrderController {
  private final OrderHistory orders;

  OrderController(OrderHistory orders) {
    this.orders = orders;
  }

  @GetMapping
  List<OrderHistory.OrderView> list(Account account, @RequestParam(defaultValue = "0") int page) {
    return orders.ofCustomer(account.customer(), Math.max(0, page));
  }

  @GetMapping("/{id}")
  OrderHistory.OrderView order(Account account, @PathVariable long id) {
    return orders.order(account.customer(), id);
  }
}
