package shop.tuned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.Analytics;

/** Sums of days change no figure, whenever they are made. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.edition=tuned", "shop.size=small"})
class SalesSumsTest {
  @Autowired private JdbcTemplate jdbc;
  @Autowired private Analytics analytics;
  private String before;

  @BeforeEach
  void forget() {
    before = jdbc.queryForObject("select until::text from sales_summed", String.class);
    unsum();
  }

  @AfterEach
  void sumAgain() {
    unsum();
    sum(before);
  }

  private void unsum() {
    jdbc.update("delete from daily_sales");
    jdbc.update("delete from product_sales");
    jdbc.update("update sales_summed set until = '-infinity'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-30", "2025-07-01", "2026-01-15", "2026-06-29", "2026-06-30"})
  void figures_are_the_same_whatever_is_summed(String until) {
    List<Analytics.MonthlySales> sales = analytics.sales();
    List<Analytics.Demand> demand = analytics.demand("a");
    assertThat(sales).isNotEmpty();
    assertThat(demand).hasSize(20);

    sum("2025-12-31");
    sum(until);

    assertThat(analytics.sales()).isEqualTo(sales);
    assertThat(analytics.demand("a")).isEqualTo(demand);
  }

  @Test
  void day_is_summed_once_though_many_want_to() {
    List<Analytics.MonthlySales> sales = analytics.sales();

    IntStream.range(0, 8).parallel().forEach(i -> sum("2026-06-2" + i));

    assertThat(analytics.sales()).isEqualTo(sales);
    assertThat(jdbc.queryForObject("select until::text from sales_summed", String.class))
        .isEqualTo("2026-06-27");
  }

  private void sum(String last) {
    jdbc.queryForList("select sum_sales(?::date)", last);
  }
}
