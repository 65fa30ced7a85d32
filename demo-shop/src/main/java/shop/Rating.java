package shop;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Stars on average. */
public final class Rating {
  private Rating() {}

  /** With one decimal, half up; 0.0 where there are none. */
  public static BigDecimal of(long stars, long count) {
    return count == 0
        ? new BigDecimal("0.0")
        : BigDecimal.valueOf(stars).divide(BigDecimal.valueOf(count), 1, RoundingMode.HALF_UP);
  }
}
