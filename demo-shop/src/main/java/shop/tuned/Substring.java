package shop.tuned;

/** A text anywhere in {@code products.search}, for LIKE, which the index of trigrams serves. */
final class Substring {
  /** Its parameter is what {@link #escape} returns; the database makes small letters its way. */
  static final String PATTERN = "'%' || lower(?) || '%'";

  private Substring() {}

  static String escape(String text) {
    return text.replaceAll("[\\\\%_]", "\\\\$0");
  }
}
