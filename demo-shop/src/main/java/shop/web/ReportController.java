package shop.web;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import shop.ReportService;

/** Reports as JSON. */
@RestController
@RequestMapping("/api/reports")
class ReportController {
  private final ReportService reports;

  ReportController(ReportService reports) {
    this.reports = reports;
  }

  @GetMapping("/sales")
  List<ReportService.MonthlySales> sales() {
    return reports.sales();
  }

  @GetMapping("/search")
  List<ReportService.Demand> search(@RequestParam String q) {
    return reports.search(q);
  }
}
