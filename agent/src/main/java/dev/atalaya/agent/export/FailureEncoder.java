package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.Clock;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Span;
import org.jspecify.annotations.Nullable;

/**
 * Writes why a span is an error: its status, and an event for what was thrown.
 *
 * <p>Messages quote what users typed, so they stand neither in the status nor in the stack trace
 * unless the user allows them, and then masked.
 */
final class FailureEncoder {
  private static final int EVENT_ATTRIBUTE = 0x1A;
  private static final int MOST = 16;
  private static final byte[] TYPE = ProtoBuffer.key("exception.type");
  private static final byte[] MESSAGE = ProtoBuffer.key("exception.message");
  private static final byte[] STACK_TRACE = ProtoBuffer.key("exception.stacktrace");

  private final boolean messages;

  FailureEncoder(boolean messages) {
    this.messages = messages;
  }

  void encode(Span span, Failure failure, ProtoBuffer out) {
    String message = messages ? failure.message() : null;
    if (failure.thrown != null) event(span, failure.thrown, message, out);
    int status = out.begin(0x7A);
    if (message != null) out.string(0x12, message);
    out.field(0x18, 2);
    out.end(status);
  }

  /** Exceptions that were recorded on the span, which need be no error of it. */
  void recorded(Span span, ProtoBuffer out) {
    int events = 0;
    for (Span.Attribute a = span.attributes(); a != null && events < MOST; a = a.next) {
      if (!(a.value instanceof Throwable)) continue;
      Failure failure = Failure.of((Throwable) a.value);
      event(span, (Throwable) a.value, messages ? failure.message() : null, out);
      events++;
    }
  }

  private static void event(
      Span span, Throwable thrown, @Nullable String message, ProtoBuffer out) {
    int event = out.begin(0x5A);
    out.fixed64(0x09, Clock.epochNanos(span.endNanos()));
    out.string(0x12, "exception");
    out.attribute(EVENT_ATTRIBUTE, TYPE, thrown.getClass().getName());
    if (message != null) out.attribute(EVENT_ATTRIBUTE, MESSAGE, message);
    out.attribute(EVENT_ATTRIBUTE, STACK_TRACE, StackText.of(thrown, message));
    out.end(event);
  }
}
