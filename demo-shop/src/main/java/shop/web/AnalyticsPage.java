package shop.web;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import shop.Analytics;
import shop.OrderHistory;

/** The shopkeeper's figures. */
@Page
class AnalyticsPage {
  private final Analytics analytics;
  private final OrderHistory orders;

  AnalyticsPage(Analytics analytics, OrderHistory orders) {
    this.analytics = analytics;
    this.orders = orders;
  }

  @GetMapping("/analytics")
  String figures(@RequestParam(defaultValue = "") String demand, Model model) {
    model.addAttribute("sales", SalesChart.of(analytics.sales()));
    model.addAttribute("newest", orders.newest(0));
    model.addAttribute("demand", demand.strip());
    if (!demand.isBlank()) {
      model.addAttribute("wanted", analytics.demand(demand.strip()));
    }
    return "analytics";
  }
}
