package shop.tuned;

import java.math.BigDecimal;

/** An item of a cart, with what its product is and costs. */
record CartRow(long product, String name, int quantity, BigDecimal price) {
  BigDecimal total() {
    return price.multiply(BigDecimal.valueOf(quantity));
  }
}
