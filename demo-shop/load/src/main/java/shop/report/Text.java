package shop.report;

import java.util.Locale;

/** Figures with their units as people read them, and text as HTML. */
final class Text {
  private Text() {}

  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  static String code(String text) {
    return "<code>" + html(text) + "</code>";
  }

  /** A request's method and path, which may be broken between its parts. */
  static String path(String title) {
    return "<code>" + html(title).replace("/", "<wbr>/") + "</code>";
  }

  /** {@code 8 ms}, {@code 0.8 ms}, {@code 1.25 s}. */
  static String millis(double millis) {
    if (millis >= 1_000) {
      return format(millis >= 10_000 ? "%.1f s" : "%.2f s", millis / 1_000);
    }
    return format(millis < 10 && millis != Math.rint(millis) ? "%.1f ms" : "%.0f ms", millis);
  }

  static String percent(double share) {
    if (Double.isNaN(share)) {
      return "unknown";
    }
    return format(share > 0 && share < 0.0995 ? "%.1f %%" : "%.0f %%", share * 100);
  }

  static String bytes(double bytes) {
    if (bytes >= 1 << 30) {
      return format("%.1f GB", bytes / (1 << 30));
    }
    return bytes >= 1 << 20
        ? format("%.1f MB", bytes / (1 << 20))
        : format("%.0f KB", bytes / 1_024);
  }

  /** {@code 3.4}, {@code 34}, {@code 12,345}. */
  static String count(double count) {
    return format(count < 10 && count != Math.rint(count) ? "%,.1f" : "%,.0f", count);
  }

  /** {@code 3.4×}. */
  static String times(double factor) {
    return count(factor) + "×";
  }

  /** English whatever the system's language. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
