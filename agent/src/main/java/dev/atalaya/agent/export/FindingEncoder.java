package dev.atalaya.agent.export;

import dev.atalaya.agent.detect.Occurrence;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.trace.Clock;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcNames;
import dev.atalaya.agent.trace.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what was found in a unit of work on its root, and on the spans that it is about. */
final class FindingEncoder {
  private static final int EVENT = 0x5A;
  private static final int EVENT_ATTRIBUTE = 0x1A;

  private static final byte[] COUNT = ProtoBuffer.key("atalaya.findings.count");
  private static final byte[] FINGERPRINT = ProtoBuffer.key("atalaya.finding.fingerprint");
  private static final byte[] PROBLEM = ProtoBuffer.key("atalaya.finding.problem");
  private static final byte[] KIND = ProtoBuffer.key("atalaya.finding.kind");
  private static final byte[] SEVERITY = ProtoBuffer.key("atalaya.finding.severity");
  private static final byte[] CONFIDENCE = ProtoBuffer.key("atalaya.finding.confidence");
  private static final byte[] TIMES = ProtoBuffer.key("atalaya.finding.count");
  private static final byte[] DISTINCT = ProtoBuffer.key("atalaya.finding.distinct");
  private static final byte[] WASTED = ProtoBuffer.key("atalaya.finding.wasted_ms");
  private static final byte[] EXECUTION = ProtoBuffer.key("atalaya.finding.execution");
  private static final byte[] SUGGESTION = ProtoBuffer.key("atalaya.finding.suggestion");
  private static final byte[] TEXT = ProtoBuffer.key("db.query.text");
  private static final byte[] METHOD = ProtoBuffer.key("http.request.method");
  private static final byte[] URL_FULL = ProtoBuffer.key("url.full");
  private static final byte[] URL_TEMPLATE = ProtoBuffer.key("url.template");
  private static final byte[] RPC_SYSTEM = ProtoBuffer.key(RpcNames.SYSTEM);
  private static final byte[] RPC_METHOD = ProtoBuffer.key(RpcNames.METHOD);
  private static final byte[] CAUSE_TEXT = ProtoBuffer.key("atalaya.finding.cause.query.text");
  private static final byte[] CAUSE_ROWS = ProtoBuffer.key("atalaya.finding.cause.rows");
  private static final byte[] FUNCTION = ProtoBuffer.key("code.function.name");
  private static final byte[] FILE = ProtoBuffer.key("code.file.path");
  private static final byte[] LINE = ProtoBuffer.key("code.line.number");

  private final int attribute;

  FindingEncoder(int attribute) {
    this.attribute = attribute;
  }

  void encode(Span span, ProtoBuffer out) {
    OperationStatistics statistics = span.statistics();
    String fingerprint = statistics == null ? null : statistics.finding();
    if (fingerprint != null) out.attribute(attribute, FINGERPRINT, fingerprint);
    if (!span.isRoot()) return;
    Request request = span.request();
    Object found = request.findings;
    if (found instanceof List) {
      List<?> all = (List<?>) found;
      out.attribute(attribute, COUNT, all.size());
      for (Object one : all) if (one instanceof Occurrence) event(span, (Occurrence) one, out);
    } else if (request.kind() != Request.Kind.IMPLICIT) {
      out.attribute(attribute, COUNT, 0);
    }
  }

  private static void event(Span span, Occurrence found, ProtoBuffer out) {
    int event = out.begin(EVENT);
    out.fixed64(0x09, Clock.epochNanos(span.endNanos()));
    out.string(0x12, "atalaya.finding");
    text(KIND, found.kind.label(), out);
    text(SEVERITY, found.severity().label(), out);
    out.attribute(EVENT_ATTRIBUTE, CONFIDENCE, found.confidence);
    text(FINGERPRINT, found.fingerprint(), out);
    text(PROBLEM, found.problem(), out);
    out.attribute(EVENT_ATTRIBUTE, TIMES, found.count);
    if (found.distinct > 0) out.attribute(EVENT_ATTRIBUTE, DISTINCT, found.distinct);
    out.attribute(EVENT_ATTRIBUTE, WASTED, found.wastedNanos / 1e6);
    text(EXECUTION, found.parallel ? "parallel" : "sequential", out);
    text(SUGGESTION, found.suggestion, out);
    Operation operation = found.operation;
    if (operation != null) operation(operation.family, operation.verb, operation.text, out);
    if (found.cause != null) {
      text(CAUSE_TEXT, found.cause.text, out);
      if (found.causeRows >= 0) out.attribute(EVENT_ATTRIBUTE, CAUSE_ROWS, found.causeRows);
    }
    if (found.site != null) {
      StackTraceElement line = found.site.top();
      text(FUNCTION, line.getClassName() + "." + line.getMethodName(), out);
      text(FILE, line.getFileName(), out);
      if (line.getLineNumber() >= 0) {
        out.attribute(EVENT_ATTRIBUTE, LINE, line.getLineNumber());
      }
    }
    out.end(event);
  }

  /**
   * An outgoing request's text is {@code GET http://stock:80/items/{}?size}, a remote procedure
   * call's {@code grpc://stock:80/shop.Stock/Find}.
   */
  static void operation(OperationFamily family, String verb, String text, ProtoBuffer out) {
    if (family.isDatabase) {
      text(TEXT, text, out);
      return;
    }
    if (family == OperationFamily.RPC) {
      text(RPC_SYSTEM, text.substring(0, text.indexOf(':')), out);
      text(RPC_METHOD, verb, out);
      return;
    }
    String url = text.substring(text.indexOf(' ') + 1);
    int path = url.indexOf('/', url.indexOf("://") + 3);
    int query = url.indexOf('?');
    text(METHOD, verb, out);
    text(URL_FULL, url, out);
    if (path < 0 || query >= 0 && query < path) return;
    text(URL_TEMPLATE, query < 0 ? url.substring(path) : url.substring(path, query), out);
  }

  private static void text(byte[] key, @Nullable String value, ProtoBuffer out) {
    if (value != null) out.attribute(EVENT_ATTRIBUTE, key, value);
  }
}
