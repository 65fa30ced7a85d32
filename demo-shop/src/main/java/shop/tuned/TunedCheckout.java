package shop.tuned;

import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Service;
import org.springframework.web.client.ResourceAccessException;
import shop.Checkout;
import shop.CheckoutRefusedException;
import shop.NotFoundException;
import shop.data.Customers;
import shop.partner.Partner;

/**
 * Turns a cart into a paid order. The partner is asked while no transaction is open: for the risk
 * and for shipping side by side before the order is placed, for the payment after it. Where that is
 * refused, the order is cancelled again; where no answer came it may be paid, and {@link
 * UnpaidOrders} asks once more.
 */
@Service
@Profile("tuned")
class TunedCheckout implements Checkout, DisposableBean {
  private static final int ATTEMPTS = 3;

  private final CartQueries carts;
  private final Customers customers;
  private final ShippingPrices shipping;
  private final Partner partner;
  private final OrderDesk desk;

  /** Where all are busy, the caller asks for itself: one thing after the other then. */
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          32,
          30,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadPoolExecutor.CallerRunsPolicy());

  TunedCheckout(
      CartQueries carts,
      Customers customers,
      ShippingPrices shipping,
      Partner partner,
      OrderDesk desk) {
    this.carts = carts;
    this.customers = customers;
    this.shipping = shipping;
    this.partner = partner;
    this.desk = desk;
  }

  @Override
  public Receipt checkout(long customer) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(customer);
      } catch (CartChangedException e) {
        if (attempt == ATTEMPTS) {
          throw new CheckoutRefusedException(e.getMessage());
        }
      }
    }
  }

  private Receipt attempt(long customer) {
    List<CartRow> items = carts.cart(customer);
    if (items.isEmpty()) {
      if (!customers.existsById(customer)) {
        throw new NotFoundException("customer", customer);
      }
      throw new CheckoutRefusedException("The cart is empty.");
    }
    CompletableFuture<Boolean> trusted =
        CompletableFuture.supplyAsync(() -> partner.trusts(customer), threads);
    BigDecimal sending = shipping.sum(items);
    BigDecimal total = items.stream().map(CartRow::total).reduce(sending, BigDecimal::add);
    OrderDesk.Unpaid unpaid = desk.place(customer, items, total, await(trusted));
    return new Receipt(unpaid.order(), total, pay(unpaid));
  }

  /** A payment that went through is never undone: should it not be noted, it is asked for again. */
  private String pay(OrderDesk.Unpaid unpaid) {
    String payment;
    try {
      payment = partner.pay(unpaid.order(), unpaid.amount());
    } catch (RuntimeException failed) {
      if (!isOpen(failed)) {
        desk.cancel(unpaid);
      }
      throw failed;
    }
    desk.paid(unpaid, payment);
    return payment;
  }

  /** Whether the payment may have gone through: it was sent, and nothing came back. */
  private static boolean isOpen(RuntimeException failed) {
    return failed instanceof ResourceAccessException
        && !(failed.getCause() instanceof ConnectException)
        && !(failed.getCause() instanceof HttpConnectTimeoutException);
  }

  private static boolean await(CompletableFuture<Boolean> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  @Override
  public void destroy() {
    threads.shutdown();
  }
}
