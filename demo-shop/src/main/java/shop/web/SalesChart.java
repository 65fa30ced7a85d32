package shop.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import shop.Analytics.MonthlySales;

/**
 * Monthly sales as a table, and as bars of stacked categories.
 *
 * @param top the revenue that the chart's height stands for
 */
record SalesChart(List<String> categories, List<Month> months, BigDecimal top) {
  public static final int HEIGHT = 200;
  public static final int STEP = 56;
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("MMM yy", Locale.ENGLISH);

  /**
   * @param revenues in the order of the categories
   * @param bars likewise, from the ground up
   */
  record Month(
      String name, long items, BigDecimal total, List<BigDecimal> revenues, List<Bar> bars) {
    public String shortName() {
      return YearMonth.parse(name).format(SHORT);
    }
  }

  /** In units of the drawing, whose y grows downwards. */
  record Bar(int y, int height) {}

  static SalesChart of(List<MonthlySales> sales) {
    List<String> categories =
        sales.stream().map(MonthlySales::category).distinct().sorted().toList();
    Map<String, List<MonthlySales>> byMonth = new TreeMap<>();
    for (MonthlySales sale : sales) {
      byMonth.computeIfAbsent(sale.month(), month -> new ArrayList<>()).add(sale);
    }
    BigDecimal top = BigDecimal.ONE;
    for (List<MonthlySales> month : byMonth.values()) {
      top = top.max(total(month));
    }
    List<Month> months = new ArrayList<>();
    for (Map.Entry<String, List<MonthlySales>> month : byMonth.entrySet()) {
      months.add(month(month.getKey(), month.getValue(), categories, top));
    }
    return new SalesChart(categories, months, top);
  }

  public int width() {
    return months.size() * STEP;
  }

  private static Month month(
      String name, List<MonthlySales> sales, List<String> categories, BigDecimal top) {
    List<BigDecimal> revenues = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    int ground = HEIGHT;
    for (String category : categories) {
      BigDecimal revenue =
          total(sales.stream().filter(s -> s.category().equals(category)).toList());
      int height = scaled(revenue, top);
      ground -= height;
      revenues.add(revenue);
      bars.add(new Bar(ground, height));
    }
    long items = sales.stream().mapToLong(MonthlySales::items).sum();
    return new Month(name, items, total(sales), revenues, bars);
  }

  /** Rounded down, so that a stack never grows out of the chart. */
  private static int scaled(BigDecimal revenue, BigDecimal top) {
    return revenue
        .multiply(BigDecimal.valueOf(HEIGHT))
        .divide(top, 0, RoundingMode.DOWN)
        .intValue();
  }

  private static BigDecimal total(List<MonthlySales> sales) {
    return sales.stream().map(MonthlySales::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
