package dev.atalaya.agent.watch;

import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.Span;

/** What a call is known by: {@code SELECT orders}, {@code GET stock:8080}. */
final class CallName {
  private CallName() {}

  static String of(Span call) {
    HttpExchange exchange = call.http();
    if (exchange == null || exchange.host == null) return call.name();
    return call.name() + " " + exchange.host + ":" + exchange.port;
  }
}
