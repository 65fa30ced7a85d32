package dev.atalaya.agent.weave;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Tells in microseconds that a class cannot be of interest.
 *
 * <p>A class that declares a wanted method holds the method's descriptor as a UTF-8 entry of its
 * constant pool. The filter walks the pool once, hashes the entries whose length some wanted string
 * has, and looks each up in an open-addressed table of those strings. It allocates nothing and
 * resolves nothing; what it lets through may still be of no interest (it may merely call such a
 * method).
 */
final class ConstantPoolFilter {
  private final byte[][] table;
  private final int mask;
  private final boolean[] lengths;

  ConstantPoolFilter(Collection<String> descriptors) {
    int capacity = Integer.highestOneBit(Math.max(16, descriptors.size() * 4));
    table = new byte[capacity][];
    mask = capacity - 1;
    int longest = 0;
    for (String descriptor : descriptors) longest = Math.max(longest, descriptor.length());
    lengths = new boolean[longest + 1];
    for (String descriptor : descriptors) {
      byte[] bytes = descriptor.getBytes(StandardCharsets.UTF_8);
      lengths[bytes.length] = true;
      int slot = hash(bytes, 0, bytes.length) & mask;
      while (table[slot] != null) slot = (slot + 1) & mask;
      table[slot] = bytes;
    }
  }

  /** False where no wanted string is in the pool, or the bytes are no class file. */
  boolean admits(byte @Nullable [] classFile) {
    if (classFile == null || classFile.length < 10) return false;
    int count = u2(classFile, 8);
    int at = 10;
    for (int entry = 1; entry < count && at + 3 <= classFile.length; entry++) {
      switch (classFile[at]) {
        case 1: // Utf8
          int length = u2(classFile, at + 1);
          if (wanted(classFile, at + 3, length)) return true;
          at += 3 + length;
          break;
        case 7: // Class
        case 8: // String
        case 16: // MethodType
        case 19: // Module
        case 20: // Package
          at += 3;
          break;
        case 15: // MethodHandle
          at += 4;
          break;
        case 5: // Long
        case 6: // Double, which take two entries
          at += 9;
          entry++;
          break;
        default: // the four-byte ones, and pairs of indices
          at += 5;
      }
    }
    return false;
  }

  private boolean wanted(byte[] bytes, int from, int length) {
    if (length >= lengths.length || !lengths[length] || from + length > bytes.length) return false;
    int slot = hash(bytes, from, length) & mask;
    for (byte[] candidate; (candidate = table[slot]) != null; slot = (slot + 1) & mask) {
      if (same(candidate, bytes, from, length)) return true;
    }
    return false;
  }

  private static boolean same(byte[] candidate, byte[] bytes, int from, int length) {
    if (candidate.length != length) return false;
    for (int i = 0; i < length; i++) if (candidate[i] != bytes[from + i]) return false;
    return true;
  }

  /** Descriptors differ towards their end: the last twelve bytes and the length tell them apart. */
  private static int hash(byte[] bytes, int from, int length) {
    int h = length;
    for (int i = Math.max(0, length - 12); i < length; i++) h = 31 * h + bytes[from + i];
    return h ^ (h >>> 15);
  }

  private static int u2(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }
}
