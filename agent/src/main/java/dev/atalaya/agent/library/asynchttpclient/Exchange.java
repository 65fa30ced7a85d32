package dev.atalaya.agent.library.asynchttpclient;

import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** What is sent for a future at present. */
final class Exchange {
  final Span call;
  final int number;

  private volatile boolean written;

  Exchange(Span call, int number) {
    this.call = call;
    this.number = number;
    if (number > 0) call.attribute("http.request.resend_count", number);
  }

  void written() {
    written = true;
  }

  boolean isWritten() {
    return written;
  }

  /** Another is made: this one was answered, or its connection was lost. */
  void replaced() {
    call.end(call.status() == 0 ? new ClosedChannelException() : null);
  }

  /** What it leads to is for who asked; returns what {@link Recorder#restore} takes. */
  @Nullable Object resume(Recorder recorder) {
    Span caller = call.parent();
    return caller == null ? null : recorder.resume(caller);
  }
}
