package dev.atalaya.agent.export;

import dev.atalaya.agent.log.Log;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.Ids;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.util.Locale;

/** Prints spans to the log, a line each: name, duration, ids, and what tells most of it. */
final class ConsoleSpans {
  private ConsoleSpans() {}

  static void print(Span span) {
    Log.info(line(span));
  }

  /** {@code SERVER GET /orders 12.3 ms trace=4bf9.. span=00f0.. status=200}. */
  static String line(Span span) {
    StringBuilder line = new StringBuilder();
    line.append(span.kind()).append(' ').append(span.name());
    line.append(String.format(Locale.ROOT, " %.3f ms", span.durationNanos() / 1e6));
    line.append(" trace=").append(span.request().traceId());
    line.append(" span=").append(Ids.span(span.id()));
    if (span.parentId() != 0) line.append(" parent=").append(Ids.span(span.parentId()));
    HttpExchange http = span.http();
    if (http != null && span.status() > 0) line.append(" status=").append(span.status());
    RpcCall rpc = span.rpc();
    if (rpc != null && rpc.status() != null) line.append(" status=").append(rpc.status());
    Template template = span.template();
    if (template != null) {
      line.append(" system=").append(template.datasource.system);
      if (span.rows() >= 0) line.append(" rows=").append(span.rows());
      if (template.text != null) line.append(" text=").append(template.text);
    }
    Failure failure = span.failure();
    if (failure != null) line.append(" error=").append(failure.type);
    return line.toString();
  }
}
