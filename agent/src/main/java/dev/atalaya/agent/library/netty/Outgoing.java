package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.trace.Assembly;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Requests that were sent on a connection and are not answered yet, in their order. */
public final class Outgoing {
  private final ArrayDeque<Span> unanswered = new ArrayDeque<>(2);

  private @Nullable String scheme;
  private @Nullable Object caller;
  private @Nullable Object line;

  Outgoing() {}

  /**
   * Whose request is sent next on the connection of that pipeline, on the connection's event loop.
   *
   * @param context what {@link Recorder#capture} told where it was asked for
   * @param line what {@link Assembly#here} told where it was made
   */
  public static void caller(Object pipeline, @Nullable Object context, @Nullable Object line) {
    Outgoing next = Stream.of(pipeline).outgoing;
    next.caller = context;
    next.line = line;
  }

  void asks(Recorder recorder, Object pipeline, Message request) {
    Object context = caller;
    caller = null;
    Assembly.enter(line);
    line = null;
    try {
      sends(recorder, pipeline, request, context);
    } finally {
      Assembly.leave();
    }
  }

  private void sends(
      Recorder recorder, Object pipeline, Message request, @Nullable Object context) {
    String method = request.method();
    Object headers = request.headers();
    if (headers == null || method.equals("CONNECT")) return; // to a proxy, for what follows
    Object before = context == null ? null : recorder.resume(context);
    try {
      Span span = recorder.request(method, url(pipeline, request));
      if (span == null) return;
      recorder.inject(span, headers);
      span.detach();
      unanswered.add(span);
    } finally {
      if (before != null) recorder.restore(before);
    }
  }

  private String url(Object pipeline, Message request) {
    String uri = request.uri();
    if (uri.indexOf("://") >= 0 && !uri.startsWith("/")) return uri;
    String known = scheme;
    if (known == null) scheme = known = request.scheme(pipeline);
    return known + "://" + request.header("host") + uri;
  }

  void answered(Message message, int part) {
    Span span = unanswered.peek();
    if (span == null || !message.ends(span, part)) return;
    unanswered.poll();
    span.end(null);
  }

  void closed() {
    for (Span span; (span = unanswered.poll()) != null; ) {
      span.end(span.status() == 0 ? new ClosedChannelException() : null);
    }
  }
}
