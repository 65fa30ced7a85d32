package dev.atalaya.agent.trace;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Trace and span ids: longs inside, hex digits at the edge. */
public final class Ids {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Ids() {}

  /** Never 0, which is no id. */
  static long random() {
    long id;
    do id = ThreadLocalRandom.current().nextLong();
    while (id == 0);
    return id;
  }

  public static String span(long id) {
    char[] digits = new char[16];
    put(id, digits, 0);
    return new String(digits);
  }

  static String trace(long high, long low) {
    char[] digits = new char[32];
    put(high, digits, 0);
    put(low, digits, 16);
    return new String(digits);
  }

  /** The 16 hex digits at {@code from}; 0 where they are none. */
  static long parse(@Nullable CharSequence text, int from) {
    if (text == null || text.length() < from + 16) return 0;
    long id = 0;
    for (int i = from; i < from + 16; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) return 0;
      id = id << 4 | digit;
    }
    return id;
  }

  private static void put(long id, char[] digits, int at) {
    for (int i = 15; i >= 0; i--, id >>>= 4) digits[at + i] = HEX[(int) (id & 15)];
  }
}
