package dev.atalaya.agent.privacy;

import java.net.URL;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of texts and of bind values. Those of values are salted once per process: what is kept of
 * a value tells only whether it came again.
 */
public final class Hash {
  private static final int SALT = ThreadLocalRandom.current().nextInt();

  /** Longer values, in characters or bytes, are not hashed. */
  private static final int LONG_VALUE = 256;

  /** Of a value that was not seen: it equals none, and differs from none. */
  public static final int UNKNOWN = 0;

  private static final int NULL = mix(0);

  /** Of a parameter whose value only the database sets. */
  public static final int OUT = mix(1);

  private Hash() {}

  public static int of(long value) {
    return mix((int) (value ^ (value >>> 32)));
  }

  /** {@link #UNKNOWN} for long values, and for types whose hash may not be that of the value. */
  public static int of(@Nullable Object value) {
    if (value == null) return NULL;
    if (value instanceof String) {
      String text = (String) value;
      return text.length() <= LONG_VALUE ? mix(text.hashCode()) : UNKNOWN;
    }
    if (value instanceof byte[]) {
      byte[] bytes = (byte[]) value;
      return bytes.length <= LONG_VALUE ? mix(Arrays.hashCode(bytes)) : UNKNOWN;
    }
    if (value instanceof URL) return of(value.toString());
    return isPlain(value) ? mix(value.hashCode()) : UNKNOWN;
  }

  /** Of several values; unknown where one of them is. */
  public static int and(int hash, int more) {
    return hash == UNKNOWN || more == UNKNOWN ? UNKNOWN : known(31 * hash + more);
  }

  /** The hash, or another where it equals {@link #UNKNOWN}. */
  public static int known(int hash) {
    return hash == UNKNOWN ? 1 : hash;
  }

  /** Values that hash by themselves alone: a list would ask its elements. */
  private static boolean isPlain(Object value) {
    String type = value.getClass().getName();
    return (value instanceof Number
            && (type.startsWith("java.lang.") || type.startsWith("java.math.")))
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum
        || value instanceof UUID
        || (value instanceof Date && type.startsWith("java."))
        || type.startsWith("java.time.");
  }

  /** FNV-1a over the characters, finished by a multiplication's high bits. */
  public static long of64(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) h = (h ^ text.charAt(i)) * 0x100000001b3L;
    return h ^ (h >>> 32);
  }

  private static int mix(int h) {
    h = (h ^ SALT) * 0x9e3779b9;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    return known(h ^ (h >>> 15)); // else the lowest byte of neighbours is alike too often
  }
}
