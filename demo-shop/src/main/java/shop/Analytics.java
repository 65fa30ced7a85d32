package shop;

import java.math.BigDecimal;
import java.util.List;

/** Figures for the shopkeeper. */
public interface Analytics {

  record MonthlySales(String month, String category, long items, BigDecimal revenue) {}

  record Demand(long product, String name, long customers, BigDecimal revenue) {}

  /** Of all orders, by month and category. */
  List<MonthlySales> sales();

  /** The 20 products with most revenue of those whose name or description holds the text. */
  List<Demand> demand(String text);
}
