package shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.Analytics.MonthlySales;

class SalesChartTest {

  @Test
  void bars_are_stacked_from_the_ground_up_and_the_highest_month_fills_the_chart() {
    SalesChart chart =
        SalesChart.of(
            List.of(
                sale("2026-02", "Desk", 1, "25.00"),
                sale("2026-01", "Desk", 2, "25.00"),
                sale("2026-01", "Garden", 3, "75.00")));

    assertThat(chart.categories()).containsExactly("Desk", "Garden");
    assertThat(chart.top()).isEqualByComparingTo("100");
    assertThat(chart.months())
        .extracting(SalesChart.Month::name)
        .containsExactly("2026-01", "2026-02");
    SalesChart.Month january = chart.months().get(0);
    assertThat(january.shortName()).isEqualTo("Jan 26");
    assertThat(january.items()).isEqualTo(5);
    assertThat(january.bars())
        .containsExactly(new SalesChart.Bar(150, 50), new SalesChart.Bar(0, 150));
    assertThat(chart.months().get(1).bars())
        .containsExactly(new SalesChart.Bar(150, 50), new SalesChart.Bar(150, 0));
  }

  @Test
  void shop_that_sold_nothing_has_an_empty_chart() {
    assertThat(SalesChart.of(List.of()).months()).isEmpty();
  }

  private static MonthlySales sale(String month, String category, long items, String revenue) {
    return new MonthlySales(month, category, items, new BigDecimal(revenue));
  }
}
