package dev.atalaya.agent.trace;

/** Where a span goes when it has ended. */
interface SpanListener {
  /** Called once for each, on whatever thread ends it. */
  void ended(Span span);
}
