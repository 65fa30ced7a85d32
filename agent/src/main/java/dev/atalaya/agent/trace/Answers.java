package dev.atalaya.agent.trace;

import dev.atalaya.agent.reflect.Getter;
import java.util.concurrent.atomic.AtomicInteger;

/** Incoming requests whose answer is given after their handler returned, by the answer's body. */
final class Answers {
  private static final Getter RESPONSE_CODE = new Getter("getResponseCode");

  /** So that an answer given in time need not look. */
  private final AtomicInteger awaited = new AtomicInteger();

  void later(Span span, Object exchange, Object body) {
    span.detach();
    awaited.incrementAndGet();
    States.put(body, new Awaited(span, exchange));
    // Given in between, perhaps.
    if (RESPONSE_CODE.number(exchange) > 0) given(body);
  }

  void given(Object body) {
    if (awaited.get() <= 0) return;
    Object state = States.get(body);
    if (!(state instanceof Awaited)) return;
    States.remove(body);
    awaited.decrementAndGet();
    Awaited answer = (Awaited) state;
    if (answer.span.endNanos() == 0) answer.span.status(RESPONSE_CODE.number(answer.exchange));
    answer.span.end(null);
  }

  private static final class Awaited {
    final Span span;
    final Object exchange;

    Awaited(Span span, Object exchange) {
      this.span = span;
      this.exchange = exchange;
    }
  }
}
