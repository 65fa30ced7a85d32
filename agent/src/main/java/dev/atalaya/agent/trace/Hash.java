package dev.atalaya.agent.trace;

import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of texts and of bind values. Those of values are salted once a process: what is kept of a
 * value tells only whether it came again.
 */
final class Hash {
  private static final int SALT = ThreadLocalRandom.current().nextInt();
  private static final int LONG_VALUE = 256;

  private Hash() {}

  static int of(long value) {
    return mix((int) (value ^ (value >>> 32)));
  }

  static int of(@Nullable Object value) {
    if (value == null) return mix(0);
    if (value instanceof String) return mix(of((String) value));
    if (value instanceof byte[]) {
      byte[] bytes = (byte[]) value;
      return mix(
          bytes.length <= LONG_VALUE
              ? Arrays.hashCode(bytes)
              : 31 * Arrays.hashCode(Arrays.copyOf(bytes, LONG_VALUE)) + bytes.length);
    }
    return mix(isPlain(value) ? value.hashCode() : System.identityHashCode(value));
  }

  /** Values that hash by themselves alone: a URL would ask its name server, a list its elements. */
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
  static long of64(String text) {
    long h = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) h = (h ^ text.charAt(i)) * 0x100000001b3L;
    return h ^ (h >>> 32);
  }

  /** Long texts by their ends and length: a bind of megabytes costs no more than one of bytes. */
  private static int of(String text) {
    int length = text.length();
    if (length <= LONG_VALUE) return text.hashCode();
    return 31 * (31 * text.substring(0, LONG_VALUE / 2).hashCode() + length)
        + text.substring(length - LONG_VALUE / 2).hashCode();
  }

  private static int mix(int h) {
    h = (h ^ SALT) * 0x9e3779b9;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    return h ^ (h >>> 15); // else the lowest byte of neighbours is alike too often
  }
}
