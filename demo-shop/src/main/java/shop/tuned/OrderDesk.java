package shop.tuned;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import shop.CheckoutRefusedException;
import shop.NotFoundException;
import shop.OrderPlaced;
import shop.data.Customer;
import shop.data.Customers;

/** What a checkout does to the database: short transactions, and a statement for all items each. */
@Component
@Profile("tuned")
class OrderDesk {
  private final JdbcTemplate jdbc;
  private final Customers customers;
  private final ProductViews products;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  OrderDesk(
      JdbcTemplate jdbc,
      Customers customers,
      ProductViews products,
      ApplicationEventPublisher events,
      Clock clock) {
    this.jdbc = jdbc;
    this.customers = customers;
    this.products = products;
    this.events = events;
    this.clock = clock;
  }

  /**
   * An order that waits for its payment.
   *
   * @param customer the name
   * @param amount with shipping
   */
  record Unpaid(long order, String customer, BigDecimal amount) {}

  /**
   * Takes the items out of the cart and from stock and makes them an order. Throws {@link
   * CheckoutRefusedException}, and {@link CartChangedException} where the cart has others by now.
   */
  @Transactional
  public Unpaid place(long customerId, List<CartRow> items, BigDecimal amount, boolean trusted) {
    Customer customer =
        customers
            .findLockedById(customerId)
            .orElseThrow(() -> new NotFoundException("customer", customerId));
    empty(customerId, items);
    Set<Long> taken = takeFromStock(items);
    for (CartRow item : items) {
      if (!taken.contains(item.product())) {
        throw new CheckoutRefusedException("Too few left of " + item.name() + ".");
      }
    }
    if (!trusted) {
      throw new CheckoutRefusedException("The partner does not trust this customer.");
    }
    long order =
        jdbc.queryForObject(
            """
            with placed as (
              insert into orders (customer_id, placed_on) values (?, ?) returning id
            ), unpaid as (
              insert into unpaid_orders (order_id, amount) select id, ? from placed
            )
            select id from placed
            """,
            Long.class,
            customerId,
            Date.valueOf(LocalDate.now(clock)),
            amount);
    jdbc.batchUpdate(
        "insert into order_lines (order_id, product_id, quantity, price, note)"
            + " values (?, ?, ?, ?, '')",
        items.stream()
            .map(item -> new Object[] {order, item.product(), item.quantity(), item.price()})
            .toList());
    products.changed(taken);
    return new Unpaid(order, customer.getName(), amount);
  }

  /** What is deleted is what is ordered: an item added meanwhile stays out of neither. */
  private void empty(long customer, List<CartRow> items) {
    Map<Long, Integer> seen = new HashMap<>();
    items.forEach(item -> seen.put(item.product(), item.quantity()));
    Map<Long, Integer> deleted = new HashMap<>();
    jdbc.query(
        "delete from cart_items where customer_id = ? returning product_id, quantity",
        row -> {
          deleted.put(row.getLong("product_id"), row.getInt("quantity"));
        },
        customer);
    if (!deleted.equals(seen)) {
      throw new CartChangedException();
    }
  }

  /**
   * Returns the products of which there was enough. They are locked in one order by all, so that
   * two checkouts cannot wait for each other.
   */
  private Set<Long> takeFromStock(List<CartRow> items) {
    return new HashSet<>(
        jdbc.queryForList(
            """
            with wanted as (
              select p.id, w.quantity
              from unnest(?::bigint[], ?::int[]) w (product, quantity)
              join products p on p.id = w.product
              order by p.id
              for no key update of p
            )
            update products p set stock = p.stock - wanted.quantity
            from wanted
            where p.id = wanted.id and p.stock >= wanted.quantity
            returning p.id
            """,
            Long.class,
            items.stream().mapToLong(CartRow::product).toArray(),
            items.stream().mapToInt(CartRow::quantity).toArray()));
  }

  @Transactional
  public void paid(Unpaid unpaid, String payment) {
    jdbc.update(
        """
        with done as (delete from unpaid_orders where order_id = ?)
        update orders set payment = ? where id = ?
        """,
        unpaid.order(),
        payment,
        unpaid.order());
    events.publishEvent(new OrderPlaced(unpaid.order(), unpaid.customer()));
  }

  /** Undoes {@link #place}, once: the items are in stock and in the cart again. */
  @Transactional
  public void cancel(Unpaid unpaid) {
    if (jdbc.update("delete from unpaid_orders where order_id = ?", unpaid.order()) == 0) {
      return; // somebody else has settled it
    }
    jdbc.update(
        """
        insert into cart_items (customer_id, product_id, quantity)
        select o.customer_id, l.product_id, l.quantity
        from orders o join order_lines l on l.order_id = o.id
        where o.id = ?
        on conflict (customer_id, product_id)
        do update set quantity = cart_items.quantity + excluded.quantity
        """,
        unpaid.order());
    List<Long> products =
        jdbc.queryForList(
            """
            with given as (
              select p.id, l.quantity
              from order_lines l join products p on p.id = l.product_id
              where l.order_id = ?
              order by p.id
              for no key update of p
            )
            update products p set stock = p.stock + given.quantity
            from given
            where p.id = given.id
            returning p.id
            """,
            Long.class,
            unpaid.order());
    jdbc.update("delete from order_lines where order_id = ?", unpaid.order());
    jdbc.update("delete from orders where id = ?", unpaid.order());
    this.products.changed(products);
  }
}
