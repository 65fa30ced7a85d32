package dev.atalaya.agent.trace;

import java.util.Arrays;
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

  /** Only JDK types are asked for their hash: an application's own might do anything. */
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
    if (value.getClass().getClassLoader() == null) return mix(value.hashCode());
    return mix(System.identityHashCode(value));
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
    return h * 0x85ebca6b;
  }
}
