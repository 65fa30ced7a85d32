package shop.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import shop.Accounts.Account;
import shop.Checkout;
import shop.CheckoutRefusedException;

/** Checks out for API and pages alike, and tells the log how it went. */
@Component
class Till {
  private static final Logger log = LoggerFactory.getLogger(Till.class);
  private final Checkout checkout;

  Till(Checkout checkout) {
    this.checkout = checkout;
  }

  /** Throws {@link CheckoutRefusedException}. */
  Checkout.Receipt checkout(Account account) {
    try {
      Checkout.Receipt receipt = checkout.checkout(account.customer());
      log.atInfo()
          .addKeyValue("shop.customer", account.customer())
          .addKeyValue("shop.order", receipt.order())
          .addKeyValue("shop.total", receipt.total())
          .addKeyValue("shop.payment", receipt.payment())
          .log("Order placed");
      return receipt;
    } catch (CheckoutRefusedException refused) {
      log.atInfo()
          .addKeyValue("shop.customer", account.customer())
          .addKeyValue("shop.reason", refused.getMessage())
          .log("Checkout refused");
      throw refused;
    }
  }
}
