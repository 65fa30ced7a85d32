package shop.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.OrderService;

/** Orders as JSON. */
@RestController
@RequestMapping("/api/orders")
class OrderController {
  private final OrderService orders;

  OrderController(OrderService orders) {
    this.orders = orders;
  }

  @GetMapping
  List<OrderService.OrderView> list(
      @RequestParam(required = false) @Nullable Long customer,
      @RequestParam(defaultValue = "0") int page) {
    return orders.list(customer, page);
  }

  @GetMapping("/{id}")
  OrderService.OrderView order(@PathVariable long id) {
    return orders.order(id);
  }
}
