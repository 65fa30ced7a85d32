package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One span, from its beginning until it is exported.
 *
 * <p>Written by the thread that began it, or the one that ends it; read by the worker after it
 * ended. Rows may still be counted then: the count of a result set that is read on is a view.
 */
public final class Span extends Call {
  /** Semantic conventions' span kinds, with OTLP's numbers. */
  public enum Kind {
    INTERNAL,
    SERVER,
    CLIENT
  }

  private static final AtomicLongFieldUpdater<Span> END =
      AtomicLongFieldUpdater.newUpdater(Span.class, "endNanos");

  private static final Kind[] KINDS = Kind.values();

  /** The key of an {@link Attribute} that is an exception, recorded without making it an error. */
  public static final String EXCEPTION = "exception";

  private static final int MOST_ATTRIBUTES = 128;

  // 80 bytes with compressed references: think before adding a field.
  private final Request request;
  private final @Nullable Span parent;

  /** What it is a span of: a {@link Template}, an {@link HttpExchange}, or a name. */
  Object subject;

  private @Nullable Open open;
  private @Nullable Failure failure;
  @Nullable Attribute attributes;
  @Nullable Span next;
  private final long id = Ids.random();
  private final long startNanos;
  private volatile long endNanos;

  /** Rows read so far, below 0 where none are counted. */
  int rows = -1;

  /** Operations in a batch or pipeline, 0 for a single one. */
  int batchSize;

  private int fetchMicros;
  private short status;
  private final byte kind;
  private boolean endedWhereBegun;

  Span(Request request, @Nullable Span parent, Kind kind, Object subject, @Nullable Open open) {
    this(request, parent, kind, subject, open, System.nanoTime());
  }

  Span(
      Request request,
      @Nullable Span parent,
      Kind kind,
      Object subject,
      @Nullable Open open,
      long startNanos) {
    this.request = request;
    this.parent = parent;
    this.kind = (byte) kind.ordinal();
    this.subject = subject;
    this.open = open;
    this.startNanos = startNanos;
  }

  public Request request() {
    return request;
  }

  public @Nullable Span parent() {
    return parent;
  }

  /** 0 for the root of a trace that began here. */
  public long parentId() {
    return parent == null ? request.remoteParent() : parent.id;
  }

  public boolean isRoot() {
    return request.root == this;
  }

  public Kind kind() {
    return KINDS[kind];
  }

  public long id() {
    return id;
  }

  /** {@link System#nanoTime} at the beginning; {@link Clock} makes it wall-clock time. */
  public long startNanos() {
    return startNanos;
  }

  /** 0 while the span is open. */
  public long endNanos() {
    return endNanos;
  }

  /** Whether it ended on the thread that it never left. */
  boolean endedWhereBegun() {
    return endedWhereBegun;
  }

  public long durationNanos() {
    return endNanos - startNanos;
  }

  /** Null for spans that are no operation of a database. */
  public @Nullable Template template() {
    return subject instanceof Template ? (Template) subject : null;
  }

  public @Nullable HttpExchange http() {
    return subject instanceof HttpExchange ? (HttpExchange) subject : null;
  }

  public String name() {
    if (subject instanceof Template) return ((Template) subject).summary;
    if (subject instanceof HttpExchange) {
      String method = ((HttpExchange) subject).methodName();
      String route = kind() == Kind.SERVER ? request.route() : "";
      return route.isEmpty() ? method : method + " " + route;
    }
    return (String) subject;
  }

  /** Null where the span is no error. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** The response's status code, 0 where there is none. */
  public int status() {
    return status;
  }

  public int rows() {
    return rows;
  }

  public int batchSize() {
    return batchSize;
  }

  /** From the end of the call to the last row read, in ns; 0 where no rows were read to the end. */
  public long fetchNanos() {
    return fetchMicros * 1000L;
  }

  /** The latest first; a key may stand twice, the latest counts. */
  public @Nullable Attribute attributes() {
    return attributes;
  }

  /** The span that ended before this one in the list its request handed over. */
  public @Nullable Span next() {
    return next;
  }

  @Override
  public void end(@Nullable Throwable thrown) {
    long now = System.nanoTime();
    if (endNanos != 0 || !END.compareAndSet(this, 0, now == 0 ? 1 : now)) return;
    endedWhereBegun = open != null;
    leave();
    if (thrown != null) failed(thrown);
    request.recorder.ended(this);
  }

  @Override
  public void status(int code) {
    if (code > 0 && code <= Short.MAX_VALUE) status = (short) code;
  }

  @Override
  public void error(@Nullable String type, @Nullable String message) {
    if (type != null && failure == null) failure = new Failure(type, message, null);
  }

  void failed(Throwable thrown) {
    failure = Failure.of(thrown);
  }

  /** Whether rows are read since less than {@code nanos}. */
  boolean isReading(long nanos) {
    long ended = endNanos;
    return rows >= 0 && fetchMicros == 0 && ended != 0 && System.nanoTime() - ended < nanos;
  }

  /** The last row was read, or the result set closed. */
  void fetched() {
    long ended = endNanos;
    if (ended == 0) return;
    long micros = (System.nanoTime() - ended) / 1000;
    fetchMicros = (int) Math.min(Integer.MAX_VALUE, Math.max(1, micros));
  }

  @Override
  public void attribute(String key, @Nullable Object value) {
    if (key == null || value == null) return;
    int count = 0;
    for (Attribute a = attributes; a != null; a = a.next) count++;
    if (count < MOST_ATTRIBUTES) attributes = new Attribute(key, Plain.of(value), attributes);
  }

  @Override
  public void detach() {
    leave();
  }

  /** Takes this span, open and detached, to the thread it goes on with. */
  void attach(Open next) {
    request.allocatedBefore = -1; // not all of it was on this thread
    open = next;
    next.parent = this;
    next.call = null;
  }

  boolean isOn(@Nullable Open thread) {
    return open != null && (thread == null || open == thread);
  }

  /** Takes this span out of the thread that it was begun on; only that thread may call. */
  private void leave() {
    Open held = open;
    if (held == null) return;
    open = null;
    if (held.call == this) held.call = null;
    if (held.parent == this) {
      held.parent = parent;
      held.call = null;
      held.made = null;
    }
  }

  /** An attribute that the application or an instrumentation set, and those set before. */
  public static final class Attribute {
    public final String key;
    public final Object value;
    public final @Nullable Attribute next;

    Attribute(String key, Object value, @Nullable Attribute next) {
      this.key = key;
      this.value = value;
      this.next = next;
    }
  }
}
