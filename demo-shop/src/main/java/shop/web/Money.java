package shop.web;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Writes amounts on pages: {@code € 1,234.50}, never broken into two lines. */
@Component
final class Money {
  private static final String EURO = "€\u00a0";

  public String of(BigDecimal amount) {
    NumberFormat format = NumberFormat.getNumberInstance(Locale.ENGLISH);
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    return EURO + format.format(amount);
  }

  /** Without cents, for large sums. */
  public String round(BigDecimal amount) {
    return EURO + NumberFormat.getIntegerInstance(Locale.ENGLISH).format(amount);
  }
}
