package shop.report;

import java.util.Locale;

/** One of the two shops that are compared. */
enum Edition {
  NAIVE,
  TUNED;

  /** As {@code --shop.edition} takes it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
