package dev.atalaya.agent.kept;

import dev.atalaya.agent.trace.Ids;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message of protobuf's wire format, in their order. */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private final byte[] bytes;
  private final int end;
  private int at;
  private int type;

  /** The present field's number. */
  int field;

  ProtoReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  private ProtoReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.end = end;
    at = from;
  }

  /** Goes to the next field, whose value is to be read, or skipped; false at the end. */
  boolean next() {
    if (at >= end) return false;
    int tag = (int) varint();
    field = tag >>> 3;
    type = tag & 7;
    return true;
  }

  void skip() {
    if (type == VARINT) varint();
    else if (type == FIXED64) at += 8;
    else if (type == LENGTH) at += (int) varint();
    else at += 4;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) return value;
    }
  }

  int fixed32() {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 8) value |= (bytes[at++] & 0xFF) << shift;
    return value;
  }

  long fixed64() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) value |= (bytes[at++] & 0xFFL) << shift;
    return value;
  }

  ProtoReader message() {
    int length = (int) varint();
    at += length;
    return new ProtoReader(bytes, at - length, at);
  }

  String string() {
    int length = (int) varint();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  /** Bytes in hex digits; of a trace's or span's id. */
  String id() {
    int length = (int) varint();
    StringBuilder digits = new StringBuilder(2 * length);
    for (int i = 0; i < length; i += 8) {
      long eight = 0;
      for (int j = 0; j < 8; j++) eight = eight << 8 | bytes[at++] & 0xFF;
      digits.append(Ids.span(eight));
    }
    return digits.toString();
  }
}
