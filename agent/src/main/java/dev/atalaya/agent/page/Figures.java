package dev.atalaya.agent.page;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Numbers and times as people read them. */
final class Figures {
  private Figures() {}

  /** {@code 850 us}, {@code 12.3 ms}, {@code 4.1 s}, {@code 3.2 min}. */
  static String millis(double millis) {
    if (millis < 1) return Math.round(millis * 1000) + " \u00b5s";
    if (millis < 1_000) return digits(millis) + " ms";
    if (millis < 120_000) return digits(millis / 1000) + " s";
    if (millis < 7_200_000) return digits(millis / 60_000) + " min";
    return digits(millis / 3_600_000) + " h";
  }

  static String seconds(double seconds) {
    return millis(seconds * 1000);
  }

  /** {@code 512 B}, {@code 1.5 KiB}. */
  static String bytes(double bytes) {
    if (bytes < 1024) return Math.round(bytes) + " B";
    if (bytes < 1024 * 1024) return digits(bytes / 1024) + " KiB";
    return digits(bytes / 1024 / 1024) + " MiB";
  }

  /** {@code 1,234}. */
  static String count(double count) {
    String digits = Long.toString(Math.round(count));
    StringBuilder grouped = new StringBuilder(digits);
    int first = digits.startsWith("-") ? 1 : 0;
    for (int at = digits.length() - 3; at > first; at -= 3) grouped.insert(at, ',');
    return grouped.toString();
  }

  /** {@code 0.3}, {@code 12.5}, {@code 340}. */
  static String average(double number) {
    return number == 0 ? "0" : digits(number);
  }

  static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  /** One of a list of figures, below its name. */
  static void shown(String name, String value, Html html) {
    html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
  }

  /** {@code 12.3}, without the time that {@code String.format} takes: a page has thousands. */
  static String tenths(double number) {
    return Double.toString(Math.round(number * 10) / 10.0);
  }

  /** Two digits that count, of a number from 1 to 1,000. */
  private static String digits(double number) {
    return number < 99.5 ? tenths(number) : count(number);
  }

  /**
   * How long ago a time of ISO 8601 is, as an element that has the time itself as its title; empty
   * for no time.
   */
  static void ago(String time, Html html) {
    try {
      Duration ago = Duration.between(Instant.parse(time), Instant.now());
      html.raw("<time datetime=\"").text(time).raw("\" title=\"").text(time).raw("\">");
      html.text(ago(Math.max(0, ago.getSeconds()))).raw("</time>");
    } catch (DateTimeParseException none) {
      html.text(time);
    }
  }

  private static String ago(long seconds) {
    if (seconds < 60) return seconds + " s ago";
    if (seconds < 3_600) return seconds / 60 + " min ago";
    if (seconds < 48 * 3_600) return seconds / 3_600 + " h ago";
    return seconds / 86_400 + " days ago";
  }
}
