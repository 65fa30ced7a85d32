package shop;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Writes the customer a confirmation, after the checkout has been answered. */
@Component
class Confirmations {
  private final JdbcTemplate jdbc;

  Confirmations(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Async
  @TransactionalEventListener
  public void confirm(OrderPlaced placed) {
    jdbc.update(
        "insert into confirmations (order_id, text) values (?, ?)",
        placed.order(),
        "Dear " + placed.customer() + ", thank you for your order " + placed.order() + ".");
  }
}
