package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * What goes through one pipeline: a connection, or one stream of HTTP/2. Its event loop alone
 * touches it. It does not know its pipeline, which it is kept with.
 */
final class Stream {
  final Incoming incoming = new Incoming();
  final Outgoing outgoing = new Outgoing();

  /** How deep the reads of decoders are in each other. */
  private int depth;

  /** Whether the outermost of them has brought a request. */
  private boolean brought;

  static Stream of(Object pipeline) {
    Object known = States.get(pipeline);
    if (known instanceof Stream) return (Stream) known;
    Stream stream = new Stream();
    States.put(pipeline, stream);
    return stream;
  }

  /** The handlers get what a decoder reads: they work for the request that it is a part of. */
  void reads() {
    if (depth++ > 0) return;
    brought = false;
    incoming.enter();
  }

  void hasRead() {
    if (--depth == 0) incoming.leave();
  }

  void asked(Recorder recorder, Object pipeline, Message request) {
    brought = true;
    incoming.asked(recorder, pipeline, request, depth > 0); // else no read would leave it again
  }

  /**
   * A handler gets a request: the one that is being read, or the one that is to be answered next,
   * which was kept back. What is kept back may go through a decoder again, which brings none.
   */
  @Nullable Call goesOn() {
    return depth > 0 && brought ? null : incoming.goesOn();
  }

  void closed() {
    incoming.closed();
    outgoing.closed();
  }
}
