package shop.tuned;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.Carts;
import shop.Catalogue;
import shop.Checkout;
import shop.CheckoutRefusedException;
import shop.ShopApplication;
import shop.TestPartner;

/** Checkouts that meet, and those that are cut off in the middle. */
class TunedCheckoutTest {
  private static TestPartner partner;
  private static ConfigurableApplicationContext shop;
  private static JdbcTemplate jdbc;
  private static Carts carts;
  private static Checkout checkout;
  private static Catalogue catalogue;

  @BeforeAll
  static void open() throws Exception {
    partner = new TestPartner();
    shop =
        new SpringApplicationBuilder(ShopApplication.class)
            .run(
                "--shop.edition=tuned",
                "--shop.size=small",
                "--server.port=0",
                "--shop.partner.url=" + partner.url());
    jdbc = shop.getBean(JdbcTemplate.class);
    carts = shop.getBean(Carts.class);
    checkout = shop.getBean(Checkout.class);
    catalogue = shop.getBean(Catalogue.class);
  }

  @AfterAll
  static void close() {
    shop.close();
    partner.close();
  }

  @BeforeEach
  void emptyCarts() {
    jdbc.update("delete from cart_items");
  }

  @Test
  void the_last_pieces_are_sold_once() throws Exception {
    stock(10, 30);
    stock(11, 1000);
    for (long customer = 1; customer <= 40; customer++) {
      // Half of them have the two in the other order of putting them in.
      carts.add(customer, customer % 2 == 0 ? 10 : 11, 2);
      carts.add(customer, customer % 2 == 0 ? 11 : 10, 2);
    }

    List<Boolean> sold = together(40, customer -> buys(customer + 1L));

    assertThat(sold.stream().filter(bought -> bought)).hasSize(15);
    assertThat(stock(10)).isZero();
    assertThat(stock(11)).isEqualTo(1000 - 2 * 15);
    assertThat(catalogue.availability(10).stock()).isZero();
    assertThat(catalogue.availability(11).stock()).isEqualTo(1000 - 2 * 15);
    assertThat(count("select count(*) from cart_items where product_id = 10")).isEqualTo(25);
  }

  @Test
  void a_cart_is_bought_once_however_often_it_is_sent() throws Exception {
    carts.add(45, 20, 1);
    int before = stock(20);

    List<Boolean> sold = together(8, i -> buys(45L));

    assertThat(sold.stream().filter(bought -> bought)).hasSize(1);
    assertThat(stock(20)).isEqualTo(before - 1);
  }

  @Test
  void what_comes_into_the_cart_meanwhile_is_bought_or_stays() throws Exception {
    int before = stock(30);
    carts.add(46, 30, 1);

    together(
        12,
        i -> {
          if (i % 2 == 0) {
            carts.add(46, 30, 1);
            return true;
          }
          return buys(46L);
        });

    int left = count("select coalesce(sum(quantity), 0) from cart_items where customer_id = 46");
    assertThat(before - stock(30) + left).isEqualTo(7);
  }

  @Test
  void order_that_a_crash_left_unpaid_is_paid_later() {
    long order = crashedOrder(47, 40);

    shop.getBean(UnpaidOrders.class).settle();

    assertThat(jdbc.queryForObject("select payment from orders where id = ?", String.class, order))
        .isEqualTo("PAY-" + order);
    assertThat(count("select count(*) from unpaid_orders")).isZero();
  }

  @Test
  void order_that_a_crash_left_unpaid_is_cancelled_where_the_partner_refuses() {
    int before = stock(41);
    long order = crashedOrder(48, 41);
    assertThat(catalogue.availability(41).stock()).isEqualTo(before - 3);

    partner.taking = false;
    try {
      shop.getBean(UnpaidOrders.class).settle();
    } finally {
      partner.taking = true;
    }

    assertThat(count("select count(*) from orders where id = " + order)).isZero();
    assertThat(count("select count(*) from unpaid_orders")).isZero();
    assertThat(catalogue.availability(41).stock()).isEqualTo(before);
    assertThat(carts.cart(48).items().get(0).quantity()).isEqualTo(3);
  }

  @Test
  void order_whose_checkout_still_runs_is_left_alone() {
    carts.add(49, 42, 1);
    OrderDesk desk = shop.getBean(OrderDesk.class);
    List<CartRow> items = shop.getBean(CartQueries.class).cart(49L);
    OrderDesk.Unpaid running = desk.place(49, items, items.get(0).price(), true);

    shop.getBean(UnpaidOrders.class).settle();

    assertThat(count("select count(*) from unpaid_orders")).isEqualTo(1);
    desk.paid(running, "PAY");
  }

  private static long crashedOrder(long customer, long product) {
    carts.add(customer, product, 3);
    List<CartRow> items = shop.getBean(CartQueries.class).cart(customer);
    OrderDesk.Unpaid left =
        shop.getBean(OrderDesk.class).place(customer, items, items.get(0).total(), true);
    jdbc.update("update unpaid_orders set since = now() - interval '2 minutes'");
    return left.order();
  }

  private static boolean buys(long customer) {
    try {
      checkout.checkout(customer);
      return true;
    } catch (CheckoutRefusedException refused) {
      return false;
    }
  }

  private static void stock(long product, int pieces) {
    jdbc.update("update products set stock = ? where id = ?", pieces, product);
    shop.getBean(ProductViews.class).changed(Set.of(product));
  }

  private static int stock(long product) {
    return count("select stock from products where id = " + product);
  }

  private static int count(String sql) {
    return jdbc.queryForObject(sql, Integer.class);
  }

  private interface Task {
    boolean run(int number) throws Exception;
  }

  private static List<Boolean> together(int count, Task task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    CyclicBarrier start = new CyclicBarrier(count);
    List<Future<Boolean>> running = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Callable<Boolean> one =
          () -> {
            start.await();
            return task.run(number);
          };
      running.add(threads.submit(one));
    }
    List<Boolean> results = new ArrayList<>();
    for (Future<Boolean> result : running) {
      results.add(result.get());
    }
    threads.shutdown();
    return results;
  }
}
