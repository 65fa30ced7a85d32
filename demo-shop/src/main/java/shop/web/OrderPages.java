package shop.web;

import java.util.List;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import shop.Accounts.Account;
import shop.OrderHistory;
import shop.OrderHistory.OrderView;

/** The orders of who is logged in. */
@Page
class OrderPages {
  private final OrderHistory orders;

  OrderPages(OrderHistory orders) {
    this.orders = orders;
  }

  @GetMapping("/orders")
  String list(Account account, @RequestParam(defaultValue = "0") int page, Model model) {
    int from = Math.max(0, page);
    List<OrderView> found = orders.ofCustomer(account.customer(), from);
    model.addAttribute("page", from);
    model.addAttribute("orders", found);
    model.addAttribute("more", found.size() == OrderHistory.PAGE_SIZE);
    return "orders";
  }

  @GetMapping("/orders/{id}")
  String order(Account account, @PathVariable long id, Model model) {
    model.addAttribute("order", orders.order(account.customer(), id));
    return "order";
  }
}
