package shop;

import java.math.BigDecimal;

/** Turns a cart into a paid order. */
public interface Checkout {

  /**
   * @param total of the lines, with shipping
   * @param payment the partner's reference
   */
  record Receipt(long order, BigDecimal total, String payment) {}

  /**
   * Takes the items from stock, asks the partner for shipping, for the risk, and for the payment.
   * Throws {@link CheckoutRefusedException}; then nothing has changed.
   */
  Receipt checkout(long customer);
}
