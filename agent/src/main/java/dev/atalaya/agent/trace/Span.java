package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One span, from its beginning until it is exported.
 *
 * <p>Written by the thread that began it, or the one that ends it; read by the worker after it
 * ended. Rows may still be counted then: the worker sees how many have been read so far.
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
  private static final int KIND = 0x03;
  private static final int ENDED_WHERE_BEGUN = 0x04;

  /** Not on the request's list: its statistics have it, for now or for good. */
  private static final int HELD_BACK = 0x08;

  private static final int FETCH_SHIFT = 4;
  private static final int MOST_FETCH_MICROS = (1 << 27) - 1;

  private static final String BATCH_SIZE = "db.operation.batch.size";

  /** The key of an {@link Attribute} that is an exception, recorded without making it an error. */
  public static final String EXCEPTION = "exception";

  /** Spans that one stands for. */
  private static final String COLLAPSED = "atalaya.collapsed.count";

  private static final int MOST_ATTRIBUTES = 128;

  // 72 bytes with compressed references: think before adding a field.
  private final Request request;
  private final @Nullable Span parent;

  /**
   * What it is a span of: a {@link Template}, an {@link HttpExchange}, an {@link RpcCall}, or a
   * name.
   */
  Object subject;

  /** The thread's {@link Open} while it is open there; once it has ended, the next of a list. */
  private @Nullable Object link;

  private @Nullable Failure failure;
  @Nullable Attribute attributes;

  /** What the unit of work did with the same operation; null for what is not counted. */
  @Nullable OperationStatistics statistics;

  private final long id = Ids.random();
  private final long startNanos;
  private volatile long endNanos;

  /** Rows read so far, below 0 where none are counted. */
  int rows = -1;

  /** The kind, two flags, and above them microseconds of reading rows. */
  private int bits;

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
    this.bits = kind.ordinal();
    this.subject = subject;
    this.link = open;
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
    return KINDS[bits & KIND];
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
    return (bits & ENDED_WHERE_BEGUN) != 0;
  }

  public long durationNanos() {
    return endNanos - startNanos;
  }

  /** Adds its duration to its statement's baseline; for the worker. */
  public void learn() {
    Template template = template();
    if (template != null && failure == null && !isFolded())
      template.baseline.learn(durationNanos());
  }

  /** Null for spans that are no operation of a database. */
  public @Nullable Template template() {
    return subject instanceof Template ? (Template) subject : null;
  }

  public @Nullable HttpExchange http() {
    return subject instanceof HttpExchange ? (HttpExchange) subject : null;
  }

  public @Nullable RpcCall rpc() {
    return subject instanceof RpcCall ? (RpcCall) subject : null;
  }

  public String name() {
    if (subject instanceof Template) return ((Template) subject).summary;
    if (subject instanceof HttpExchange) {
      String method = ((HttpExchange) subject).methodName();
      String route = kind() == Kind.SERVER ? request.route() : "";
      return route.isEmpty() ? method : RequestName.of(method, route);
    }
    if (subject instanceof RpcCall) return ((RpcCall) subject).name();
    return (String) subject;
  }

  /** Says what the call is, where that is known only after it began, or has changed since. */
  public void describe(Template template) {
    subject = template;
  }

  /** What others of the same operation did; null for what is not counted. */
  public @Nullable OperationStatistics statistics() {
    return statistics;
  }

  /** Whether this one stands for many executions: its duration is not that of one. */
  public boolean isFolded() {
    Attribute latest = attributes;
    return latest != null && latest.key.equals(COLLAPSED);
  }

  /** How many executions it stands for. */
  public long executions() {
    Attribute latest = attributes;
    return latest != null && isFolded() ? ((Number) latest.value).longValue() : 1;
  }

  /** How long they took in all, in ns. */
  public long executionNanos() {
    Attribute latest = attributes;
    Attribute sum = latest != null && isFolded() ? latest.next : null;
    return sum == null ? durationNanos() : (long) (1e6 * ((Number) sum.value).doubleValue());
  }

  /** Null where the span is no error. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** The response's status code, 0 where there is none. */
  public int status() {
    HttpExchange exchange = http();
    return exchange == null ? 0 : exchange.status;
  }

  public int rows() {
    return rows;
  }

  public void rows(int read) {
    rows = read;
  }

  /** Operations in a batch or pipeline, 0 for a single one. */
  public int batchSize() {
    for (Attribute a = attributes; a != null; a = a.next) {
      if (a.key.equals(BATCH_SIZE)) return ((Number) a.value).intValue();
    }
    return 0;
  }

  public void batchSize(int operations) {
    attribute(BATCH_SIZE, operations);
  }

  /** From the end of the call to the last row read, in ns; 0 where no rows were read to the end. */
  public long fetchNanos() {
    return (bits >> FETCH_SHIFT) * 1000L;
  }

  /** The latest first; a key may stand twice, the latest counts. */
  public @Nullable Attribute attributes() {
    return attributes;
  }

  /** The span that ended before this one in the list its request handed over. */
  public @Nullable Span next() {
    Object behind = link;
    return behind instanceof Span ? (Span) behind : null;
  }

  /** Only of a span that has ended. */
  void next(@Nullable Span behind) {
    link = behind;
  }

  @Override
  public void end(@Nullable Throwable thrown) {
    end(thrown, System.nanoTime());
  }

  void end(@Nullable Throwable thrown, long now) {
    if (endNanos != 0 || !END.compareAndSet(this, 0, now == 0 ? 1 : now)) return;
    if (link instanceof Open) bits |= ENDED_WHERE_BEGUN;
    leave();
    try {
      if (thrown != null) failed(thrown);
    } finally {
      request.ends.ended(this);
    }
    Overhead.ended(this, now);
  }

  @Override
  public void status(int code) {
    HttpExchange exchange = http();
    if (code > 0 && exchange != null) exchange.status = code;
  }

  @Override
  public void error(@Nullable String type, @Nullable String message) {
    if (type != null) failed(Failure.answered(type, message, null));
  }

  void failed(Throwable thrown) {
    failure = Failure.of(thrown);
  }

  /** The first failure stands. */
  public void failed(Failure why) {
    if (failure == null) failure = why;
  }

  /** Whether its rows are being read, and it ended less than {@code nanos} ago. */
  boolean isReading(long nanos) {
    long ended = endNanos;
    Template template = template();
    if (template == null || template.rows == null) return false;
    return rows >= 0 && bits >> FETCH_SHIFT == 0 && ended != 0 && System.nanoTime() - ended < nanos;
  }

  /** The last row was read; true the first time. */
  boolean fetched() {
    long ended = endNanos;
    if (ended == 0 || bits >> FETCH_SHIFT != 0) return false;
    long micros = (System.nanoTime() - ended) / 1000;
    bits |= (int) Math.min(MOST_FETCH_MICROS, Math.max(1, micros)) << FETCH_SHIFT;
    return true;
  }

  /**
   * Whether spans like this one may be shown as one: a statement or command, as part of something.
   */
  boolean mayFold() {
    return subject instanceof Template
        && parent != null
        && request.kind() != Request.Kind.IMPLICIT
        && !request.unit.isClosed();
  }

  void holdBack() {
    bits |= HELD_BACK;
  }

  boolean isHeldBack() {
    return (bits & HELD_BACK) != 0;
  }

  /** Holds it back no longer; returns whether it was. */
  boolean show() {
    boolean was = isHeldBack();
    bits &= ~HELD_BACK;
    return was;
  }

  /** One span like this in place of so many, from the first's beginning to the last's end. */
  Span folded(int count, long sumNanos, long leastNanos, long mostNanos, long start, long end) {
    Span span = new Span(request, parent, kind(), subject, null, start);
    span.endNanos = end;
    span.statistics = statistics;
    span.attributes = new Attribute("atalaya.collapsed.max_ms", mostNanos / 1e6, null);
    span.attributes = new Attribute("atalaya.collapsed.min_ms", leastNanos / 1e6, span.attributes);
    span.attributes = new Attribute("atalaya.collapsed.sum_ms", sumNanos / 1e6, span.attributes);
    span.attributes = new Attribute(COLLAPSED, (long) count, span.attributes);
    return span;
  }

  /** Rows are known once they were read; the worker records those of spans that reach it. */
  void recordRows() {
    Template template = template();
    if (template != null && template.rows != null && rows >= 0 && failure == null) {
      template.rows.record(rows);
    }
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
    link = next;
    next.parent = this;
    next.call = null;
  }

  /** Takes it off its thread, which forgets by itself what it still has of it. */
  void letGo() {
    if (link instanceof Open) link = null;
  }

  /** Whether it is open on some thread. */
  public boolean isOnThread() {
    return link instanceof Open;
  }

  boolean isOn(Open thread) {
    return link == thread;
  }

  /** Takes this span out of the thread that it was begun on; only that thread may call. */
  private void leave() {
    if (!(link instanceof Open)) return;
    Open held = (Open) link;
    link = null;
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
