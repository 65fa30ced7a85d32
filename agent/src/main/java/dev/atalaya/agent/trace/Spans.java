package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/** Begins spans on a thread: as a child of what it has open, else as a trace of their own. */
final class Spans {
  private final TraceSettings settings;
  private final SpanListener ends;

  Spans(TraceSettings settings, SpanListener ends) {
    this.settings = settings;
    this.ends = ends;
  }

  /** Begins the thread's outgoing call; null where it has one, or nothing is to be recorded. */
  @Nullable Span begin(Open open, Object subject) {
    return begin(open, subject, System.nanoTime());
  }

  /** The same, of what was begun a little earlier. */
  @Nullable Span begin(Open open, Object subject, long startNanos) {
    if (open.call != null || open.quiet > 0) return null;
    Span parent = open.parent;
    Request request = parent == null ? request(Request.Kind.IMPLICIT, open, "") : parent.request();
    if (request.excluded) return null;
    Span span = new Span(request, parent, Span.Kind.CLIENT, subject, open, startNanos);
    if (parent == null) request.root = span;
    open.call = span;
    return span;
  }

  /** Begins a span that encloses what comes next on the thread. */
  @Nullable Span enclosing(Open open, Request.Kind kind, @Nullable String name) {
    if (open.call != null || open.quiet > 0) return null;
    Span parent = open.parent;
    String known = String.valueOf(name);
    Request request = parent == null ? request(kind, open, known) : parent.request();
    if (request.excluded) return null;
    Span span = new Span(request, parent, Span.Kind.INTERNAL, known, open);
    if (parent == null) request.root = span;
    open.parent = span;
    return span;
  }

  /** What an incoming request is the root of; it goes on with its caller's trace. */
  Request incoming(RemoteParent remote, String name, boolean excluded) {
    long high = remote.present() ? remote.traceIdHigh : Ids.random();
    long low = remote.present() ? remote.traceIdLow : Ids.random();
    UnitOfWork unit = new UnitOfWork(Request.Kind.REQUEST, null);
    boolean sampled = settings.sampler().sample(high, low, name, remote.sampled);
    return new Request(ends, unit, high, low, remote, sampled, excluded);
  }

  private Request request(Request.Kind kind, Open open, String name) {
    UnitOfWork unit =
        kind == Request.Kind.IMPLICIT
            ? open.window(settings.findsCallSites(), settings.application().roles)
            : new UnitOfWork(kind, null);
    long high = Ids.random();
    long low = Ids.random();
    boolean sampled = settings.sampler().sample(high, low, name, Sampler.Parent.NONE);
    return new Request(ends, unit, high, low, RemoteParent.NONE, sampled, false);
  }
}
