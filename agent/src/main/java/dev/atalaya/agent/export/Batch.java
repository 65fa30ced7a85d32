package dev.atalaya.agent.export;

import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Spans, or points of metrics, encoded as one OTLP request; used again once it is delivered.
 *
 * <p>What stands before the first item (resource and scope) holds the length of all that follows,
 * so room is left for it and it is written last, up against the items.
 */
final class Batch implements MessageWriter {
  /** In bytes; gRPC servers refuse messages over 4 MiB. */
  static final int FULL = 3 << 20;

  private final Envelope envelope;
  final ProtoBuffer buffer;
  private int offset;

  int items;

  /** When the first item came, by nanoTime. */
  long begun;

  /** When it was first sent, by nanoTime. */
  long sent;

  int attempts;

  Batch(Envelope envelope) {
    this.envelope = envelope;
    buffer = new ProtoBuffer(32 * 1024);
    clear();
  }

  void clear() {
    buffer.length = offset = envelope.room();
    items = 0;
    attempts = 0;
  }

  boolean isFull(int mostItems) {
    return items >= mostItems || buffer.length >= FULL;
  }

  /** Nothing is added from here on. */
  void seal() {
    offset = envelope.close(buffer);
  }

  /** Where in the buffer the message begins. */
  int offset() {
    return offset;
  }

  @Override
  public void writeMessage(OutputStream out) throws IOException {
    out.write(buffer.bytes, offset, buffer.length - offset);
  }

  @Override
  public int getContentLength() {
    return buffer.length - offset;
  }
}
