package dev.atalaya.agent.export;

import java.util.Arrays;

/**
 * A growing array of bytes that protobuf is written to, without any object for a field or message.
 *
 * <p>A nested message's length is not known before it is written: {@link #begin} leaves two bytes
 * for it, which is right from 128 to 16,383, and {@link #end} moves the message in the other cases.
 */
final class ProtoBuffer {
  /** Longer strings are cut: nobody reads them, and gRPC servers refuse messages over 4 MiB. */
  static final int LONGEST = 16_384;

  byte[] bytes;
  int length;

  ProtoBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  void reserve(int more) {
    if (bytes.length - length >= more) return;
    bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  void raw(byte[] source) {
    raw(source, source.length);
  }

  void raw(byte[] source, int count) {
    reserve(count);
    System.arraycopy(source, 0, bytes, length, count);
    length += count;
  }

  void tag(int tag) {
    reserve(10);
    bytes[length++] = (byte) tag;
  }

  void varint(long value) {
    reserve(10);
    length = varint(value, length);
  }

  private int varint(long value, int at) {
    while ((value & ~0x7FL) != 0) {
      bytes[at++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[at++] = (byte) value;
    return at;
  }

  static int sizeOfVarint(long value) {
    return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
  }

  void field(int tag, long varint) {
    tag(tag);
    varint(varint);
  }

  void fixed32(int value) {
    reserve(4);
    for (int i = 0; i < 4; i++, value >>>= 8) bytes[length++] = (byte) value;
  }

  void fixed64(int tag, long value) {
    tag(tag);
    fixed64(value);
  }

  void fixed64(long value) {
    reserve(8);
    for (int i = 0; i < 8; i++, value >>>= 8) bytes[length++] = (byte) value;
  }

  /** The bytes of a trace's or span's id, the highest first. */
  void id(long id) {
    reserve(8);
    for (int shift = 56; shift >= 0; shift -= 8) bytes[length++] = (byte) (id >>> shift);
  }

  void string(int tag, String text) {
    text = cut(text);
    tag(tag);
    utf8(text, sizeOfUtf8(text));
  }

  /** Starts a nested message; what is returned is for {@link #end}. */
  int begin(int tag) {
    tag(tag);
    reserve(2);
    return length += 2;
  }

  void end(int begun) {
    int size = length - begun;
    int moved = sizeOfVarint(size) - 2;
    if (moved != 0) {
      reserve(3);
      System.arraycopy(bytes, begun, bytes, begun + moved, size);
      length += moved;
    }
    varint(size, begun - 2);
  }

  /** A key as {@link #attribute} takes it: the field of a KeyValue. */
  static byte[] key(String key) {
    ProtoBuffer field = new ProtoBuffer(key.length() + 8);
    field.string(0x0A, key);
    return field.toByteArray();
  }

  // KeyValue { key = 1, value = 2: AnyValue { string = 1, bool = 2, int = 3, double = 4 } }

  void attribute(int tag, byte[] key, String value) {
    value = cut(value);
    int size = sizeOfUtf8(value);
    keyAndType(tag, key, sizeOfVarint(size) + size, 0x0A);
    utf8(value, size);
  }

  void attribute(int tag, byte[] key, long value) {
    keyAndType(tag, key, sizeOfVarint(value), 0x18);
    varint(value);
  }

  void attribute(int tag, byte[] key, boolean value) {
    keyAndType(tag, key, 1, 0x10);
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  void attribute(int tag, byte[] key, double value) {
    keyAndType(tag, key, 8, 0x21);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++, bits >>>= 8) bytes[length++] = (byte) bits;
  }

  private void keyAndType(int tag, byte[] key, int sizeOfValue, int type) {
    int any = 1 + sizeOfValue;
    int size = key.length + 1 + sizeOfVarint(any) + any;
    reserve(size + 16);
    bytes[length++] = (byte) tag;
    length = varint(size, length);
    System.arraycopy(key, 0, bytes, length, key.length);
    length += key.length;
    bytes[length++] = 0x12;
    length = varint(any, length);
    bytes[length++] = (byte) type;
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) return text;
    boolean splits = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, splits ? LONGEST - 1 : LONGEST);
  }

  private static int sizeOfUtf8(String text) {
    int chars = text.length();
    int size = chars;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c < 0x80) continue;
      if (c < 0x800) {
        size++;
      } else {
        size += 2; // a pair takes four bytes for two chars
        if (isPair(text, i)) i++;
      }
    }
    return size;
  }

  private void utf8(String text, int size) {
    reserve(size + 5);
    length = varint(size, length);
    if (size == text.length()) ascii(text);
    else transcode(text);
  }

  @SuppressWarnings("deprecation") // drops the high bytes, which are 0: the fastest copy there is
  private void ascii(String text) {
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void transcode(String text) {
    byte[] to = bytes;
    int at = length;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        to[at++] = (byte) c;
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | c >> 6);
        to[at++] = (byte) (0x80 | c & 0x3F);
      } else if (isPair(text, i)) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        to[at++] = (byte) (0xF0 | point >> 18);
        to[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        to[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        to[at++] = (byte) (0x80 | point & 0x3F);
      } else {
        if (Character.isSurrogate(c)) c = '\uFFFD'; // half of a pair is no character
        to[at++] = (byte) (0xE0 | c >> 12);
        to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
        to[at++] = (byte) (0x80 | c & 0x3F);
      }
    }
    length = at;
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }
}
