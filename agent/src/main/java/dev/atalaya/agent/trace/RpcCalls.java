package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * What a library's half records of remote procedure calls, served and sent. Neither has to end on
 * the thread that it began on: its span is open on no thread, and its context is taken to the
 * callbacks.
 */
public final class RpcCalls {
  private final Spans spans;
  private final EndedSpans ended;
  private final TraceSettings settings;
  private final OperationCounter counter;

  RpcCalls(Spans spans, EndedSpans ended, TraceSettings settings, OperationCounter counter) {
    this.spans = spans;
    this.ended = ended;
    this.settings = settings;
    this.counter = counter;
  }

  /** Begins a call that came in; {@code headers} are read only now. */
  public @Nullable Span serve(RpcCall call, Object headers) {
    if (Open.get().quiet > 0) return null;
    RemoteParent remote = settings.propagation().extract(new Headers(headers));
    // Users know the path that it comes by: /grpc.health.v1.Health/Check.
    boolean excluded = settings.excludes("/" + call.asked);
    Request request = spans.incoming(remote, call.name(), excluded);
    Span span = new Span(request, null, Span.Kind.SERVER, call, null);
    request.root = span;
    if (!request.excluded) ended.opened(request);
    return span;
  }

  /** The server has the method that was asked for. */
  public static void matched(Span served, RpcCall call, boolean streaming) {
    call.known(streaming);
    served.request().route = call.asked;
  }

  /**
   * Until the returned call ends, what this thread does is done for {@code served}, even if that
   * has ended.
   */
  public static @Nullable Call working(Span served) {
    Open open = Open.get();
    if (open.quiet > 0) return null;
    if (open.parent == null) open.restart();
    return new Carried.OfCall(null, Carried.enter(served));
  }

  /**
   * Begins a call of this thread's; null where it is inside another, or not to be recorded. Its
   * unit of work goes on until it has ended.
   */
  public @Nullable Span send(RpcCall call) {
    Open open = Open.get();
    Span span = spans.begin(open, call);
    if (span == null) return null;
    call.inTransaction = open.manualCommit;
    counter.rpc(open, span, call);
    span.detach();
    if (span.parent() != null) span.request().unit.taskMade();
    return span;
  }

  /**
   * Until the returned call ends, what this thread does is done for what sent the call; null where
   * that is none.
   */
  public static @Nullable Call callback(Span sent) {
    Span sender = sent.parent();
    if (sender == null || Open.get().quiet > 0) return null;
    return new Carried.OfCall(null, Carried.enter(sender));
  }

  /** To be called once; {@code thrown} is what kept the call from being sent. */
  public static void sent(Span sent, @Nullable Throwable thrown) {
    sent.end(thrown);
    if (sent.parent() != null) sent.request().unit.taskRan();
  }
}
