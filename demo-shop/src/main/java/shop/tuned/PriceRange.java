package shop.tuned;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Bounds as the database has its prices: two decimals, and not more than fit into its column. */
final class PriceRange {
  private static final BigDecimal CENT = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("100000000.00");

  private PriceRange() {}

  /** The least price that is not below; null is any. */
  static @Nullable BigDecimal least(@Nullable BigDecimal min) {
    return min == null ? null : round(min, RoundingMode.CEILING);
  }

  /** The highest price that is not above; null is any. */
  static @Nullable BigDecimal highest(@Nullable BigDecimal max) {
    return max == null ? null : round(max, RoundingMode.FLOOR);
  }

  /** Compares first: a number with an exponent of a billion cannot be rounded. */
  private static BigDecimal round(BigDecimal bound, RoundingMode direction) {
    if (bound.compareTo(MOST) >= 0) {
      return MOST;
    }
    if (bound.compareTo(CENT) < 0) {
      boolean between = bound.signum() > 0;
      BigDecimal below = bound.signum() < 0 ? CENT.negate() : new BigDecimal("0.00");
      return between && direction == RoundingMode.CEILING ? CENT : below;
    }
    return bound.setScale(2, direction);
  }
}
