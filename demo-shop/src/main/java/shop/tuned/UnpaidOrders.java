package shop.tuned;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import shop.partner.Partner;

/**
 * Settles what a crash has left between placing an order and noting its payment: asks for the
 * payment again, which the partner takes once an order, or cancels.
 */
@Component
@Profile("tuned")
class UnpaidOrders {
  private static final Logger log = LoggerFactory.getLogger(UnpaidOrders.class);

  private final JdbcTemplate jdbc;
  private final Partner partner;
  private final OrderDesk desk;

  UnpaidOrders(JdbcTemplate jdbc, Partner partner, OrderDesk desk) {
    this.jdbc = jdbc;
    this.partner = partner;
    this.desk = desk;
  }

  /** A checkout is through after seconds. Who is to settle an order puts it off for the others. */
  @Scheduled(fixedDelay = 60_000)
  void settle() {
    List<OrderDesk.Unpaid> left =
        jdbc.query(
            """
            update unpaid_orders u set since = now()
            from orders o join customers c on c.id = o.customer_id
            where o.id = u.order_id and u.since < now() - interval '1 minute'
            returning o.id, c.name, u.amount
            """,
            (row, i) ->
                new OrderDesk.Unpaid(
                    row.getLong("id"), row.getString("name"), row.getBigDecimal("amount")));
    for (OrderDesk.Unpaid order : left) {
      try {
        settle(order);
      } catch (RuntimeException e) {
        log.error("Order {} could not be settled", order.order(), e); // the others still can
      }
    }
  }

  private void settle(OrderDesk.Unpaid order) {
    String payment;
    try {
      payment = partner.pay(order.order(), order.amount());
    } catch (ResourceAccessException unreachable) {
      return; // until the next time
    } catch (RuntimeException refused) {
      log.warn("Order {} is cancelled: {}", order.order(), refused.toString());
      desk.cancel(order);
      return;
    }
    desk.paid(order, payment);
    log.info("Order {} is paid after all", order.order());
  }
}
