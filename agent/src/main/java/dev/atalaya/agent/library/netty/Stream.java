package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.States;

/**
 * What goes through one pipeline: a connection, or one stream of HTTP/2. Its event loop alone
 * touches it. It does not know its pipeline, which it is kept with.
 */
final class Stream {
  final Incoming incoming = new Incoming();
  final Outgoing outgoing = new Outgoing();

  /** How deep the reads of decoders are in each other. */
  private int depth;

  static Stream of(Object pipeline) {
    Object known = States.get(pipeline);
    if (known instanceof Stream) return (Stream) known;
    Stream stream = new Stream();
    States.put(pipeline, stream);
    return stream;
  }

  /** The handlers get what a decoder reads: they work for the request that it is a part of. */
  void reads() {
    if (depth++ == 0) incoming.enter();
  }

  void hasRead() {
    if (--depth == 0) incoming.leave();
  }

  /** No decoder's read is there that would leave it again. */
  boolean isReading() {
    return depth > 0;
  }

  void closed() {
    incoming.closed();
    outgoing.closed();
  }
}
