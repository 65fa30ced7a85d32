package shop.web;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.Analytics;
import shop.OrderHistory;

/** What the shopkeeper looks at, as JSON. */
@RestController
@RequestMapping("/api/reports")
class ReportController {
  private final Analytics analytics;
  private final OrderHistory orders;

  ReportController(Analytics analytics, OrderHistory orders) {
    this.analytics = analytics;
    this.orders = orders;
  }

  @GetMapping("/sales")
  List<Analytics.MonthlySales> sales() {
    return analytics.sales();
  }

  @GetMapping("/demand")
  List<Analytics.Demand> demand(@RequestParam String q) {
    return analytics.demand(q);
  }

  @GetMapping("/orders")
  List<OrderHistory.OrderView> orders(@RequestParam(defaultValue = "0") int page) {
    return orders.newest(Math.max(0, page));
  }
}
