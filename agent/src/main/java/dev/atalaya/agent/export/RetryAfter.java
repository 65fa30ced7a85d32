package dev.atalaya.agent.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a target asks to be left alone, as RFC 9110 has it: in seconds, or until a date. */
final class RetryAfter {
  private static final long LONGEST_SECONDS = 60;

  private RetryAfter() {}

  /** In ns; 0 where nothing is asked that can be read. A minute is the most that is granted. */
  static long nanos(@Nullable String header, Instant now) {
    if (header == null) return 0;
    long seconds = header.matches("[0-9]{1,9}") ? Long.parseLong(header) : until(header, now);
    return TimeUnit.SECONDS.toNanos(Math.max(0, Math.min(LONGEST_SECONDS, seconds)));
  }

  private static long until(String date, Instant now) {
    try {
      Instant then = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      return then.getEpochSecond() - now.getEpochSecond();
    } catch (DateTimeException none) {
      return 0;
    }
  }
}
