package dev.atalaya.agent.trace;

import dev.atalaya.agent.sql.SqlText;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a span that has ended, on the thread that ended it: its series, its operation's
 * statistics, its request, and at last the worker.
 */
final class EndedSpans implements SpanListener {
  private static volatile AtomicInteger inProgress = new AtomicInteger();

  private final TraceSettings settings;
  private final Worker worker;
  private final Meters meters;
  private final OperationCounter counter;

  EndedSpans(TraceSettings settings, Worker worker, Meters meters, OperationCounter counter) {
    this.settings = settings;
    this.worker = worker;
    this.meters = meters;
    this.counter = counter;
  }

  /** An incoming request has begun. */
  void opened(Request request) {
    AtomicInteger count = inProgress;
    request.countedIn = count;
    count.incrementAndGet();
  }

  /** Incoming requests begun and not ended, since {@link #forget}. */
  static int requestsInProgress() {
    return inProgress.get();
  }

  /** Begins to count anew: an end that is not seen would be waited for in vain. */
  static void forget() {
    inProgress = new AtomicInteger();
  }

  @Override
  public void ended(Span span) {
    Request request = span.request();
    if (request.excluded) return;
    AtomicInteger counted = span.isRoot() ? request.countedIn : null;
    if (counted != null) counted.decrementAndGet();
    if (request.discarded()) return;
    Object subject = span.subject;
    if (subject instanceof Template) operationEnded(span, (Template) subject);
    else if (subject instanceof HttpExchange) exchangeEnded(span, (HttpExchange) subject);
    else if (subject instanceof RpcCall) callEnded(span, (RpcCall) subject);
    else if (nothingSent(span)) return;
    if (request.discarded()) return;
    OperationStatistics statistics = span.statistics;
    boolean shown = statistics == null || statistics.end(span, settings.folds());
    boolean portion = shown && request.add(span);
    if (portion || request.rootEnded()) worker.offer(request);
  }

  /**
   * The call was never described, so nothing was sent: a client's own cache may have answered it.
   */
  private static boolean nothingSent(Span span) {
    return span.kind() == Span.Kind.CLIENT
        && span.subject instanceof String
        && span.failure() == null;
  }

  /** A statement's rows were read to the end: reading them may be what makes it slow. */
  void fetched(Span span) {
    Request request = span.request();
    // After another call, what the application did between two rows is not the statement's doing.
    if (request.unit.latest == span && !request.unit.isClosed()) {
      slow(span, span.durationNanos() + span.fetchNanos());
    }
  }

  private void slow(Span span, long nanos) {
    Template template = span.template();
    if (template == null) return;
    long threshold = Math.min(settings.slowQueryNanos(), template.baseline.slowNanos());
    if (nanos < threshold) return;
    Open open = Open.get();
    span.request().slow(span, counter.here(open), open.poolWaitNanos, threshold);
  }

  private void operationEnded(Span span, Template template) {
    Failure failure = span.failure();
    Distribution series =
        failure == null
            ? template.duration
            : meters.operation(template, failure.type, failure.responseStatus());
    series.record(span.durationNanos());
    if (template.kind != SqlText.Kind.TRANSACTION) span.request().countStatement();
    slow(span, span.durationNanos());
  }

  private void exchangeEnded(Span span, HttpExchange exchange) {
    int status = span.status();
    Failure failure = span.failure();
    if (span.kind() == Span.Kind.SERVER) {
      Request request = span.request();
      if (settings.excludes(request.route())) {
        request.discard();
        return;
      }
      if (failure == null && status >= 500) {
        if (request.caught != null) span.failed(request.caught);
        else span.error(String.valueOf(status), null);
      }
      meters
          .server(exchange.methodLabel(), request.route(), status, exchange.scheme, type(span))
          .record(span.durationNanos());
      long before = request.allocatedBefore;
      long bytes = before < 0 || !span.endedWhereBegun() ? -1 : Allocated.byThisThread() - before;
      meters.request(request.route(), request.statements(), bytes);
    } else {
      if (failure == null && status >= 400) span.error(String.valueOf(status), null);
      if (exchange.inTransaction) span.request().unit.heldMeanwhile(span.durationNanos());
      meters
          .client(exchange.methodLabel(), exchange.host, exchange.port, status, type(span))
          .record(span.durationNanos());
    }
  }

  private void callEnded(Span span, RpcCall call) {
    boolean served = span.kind() == Span.Kind.SERVER;
    Failure failure = call.failure(served);
    if (failure != null) span.failed(failure);
    if (call.inTransaction) span.request().unit.heldMeanwhile(span.durationNanos());
    meters.rpc(served, call, type(span)).record(span.durationNanos());
  }

  private static @Nullable String type(Span span) {
    Failure failure = span.failure();
    return failure == null ? null : failure.type;
  }
}
