package shop.tuned;

import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sees to it that the sales of each day are summed once it is over. Yesterday is summed tomorrow: a
 * checkout that began before midnight may end after it.
 */
@Component
@Profile("tuned")
class SalesSums {
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private @Nullable LocalDate last;

  SalesSums(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Figures are right at any time: what is not summed yet is read order by order. */
  @Scheduled(fixedDelay = 60_000)
  void catchUp() {
    LocalDate over = LocalDate.now(clock).minusDays(2);
    if (!over.equals(last)) {
      jdbc.queryForList("select sum_sales(?)", Date.valueOf(over));
      last = over;
    }
  }
}
