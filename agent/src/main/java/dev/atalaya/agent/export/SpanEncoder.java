package dev.atalaya.agent.export;

import dev.atalaya.agent.privacy.UrlText;
import dev.atalaya.agent.trace.Clock;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.HttpExchange;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.RpcNames;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as OTLP's Span messages, in the names of the stable semantic conventions.
 *
 * <p>Name, kind and attributes of a template are written once and copied from then on; what is left
 * are ids, times and numbers. Nothing is allocated for a span that is no error.
 */
public final class SpanEncoder {
  private static final int ATTRIBUTE = 0x4A;
  private static final int SAMPLED = 0x01;
  private static final int REMOTE_KNOWN = 0x100;
  private static final int REMOTE = 0x200;

  private static final byte[] DB_SYSTEM = ProtoBuffer.key("db.system.name");
  private static final byte[] DB_NAMESPACE = ProtoBuffer.key("db.namespace");
  private static final byte[] DB_TEXT = ProtoBuffer.key("db.query.text");
  private static final byte[] DB_SUMMARY = ProtoBuffer.key("db.query.summary");
  private static final byte[] DB_OPERATION = ProtoBuffer.key("db.operation.name");
  private static final byte[] DB_COLLECTION = ProtoBuffer.key("db.collection.name");
  private static final byte[] DB_STATUS = ProtoBuffer.key("db.response.status_code");
  private static final byte[] DB_ROWS = ProtoBuffer.key("db.response.returned_rows");
  private static final byte[] FETCH = ProtoBuffer.key("atalaya.fetch_ms");
  private static final byte[] SERVER_ADDRESS = ProtoBuffer.key("server.address");
  private static final byte[] SERVER_PORT = ProtoBuffer.key("server.port");
  private static final byte[] HTTP_METHOD = ProtoBuffer.key("http.request.method");
  private static final byte[] HTTP_ORIGINAL = ProtoBuffer.key("http.request.method_original");
  private static final byte[] HTTP_ROUTE = ProtoBuffer.key("http.route");
  private static final byte[] HTTP_STATUS = ProtoBuffer.key("http.response.status_code");
  private static final byte[] URL_SCHEME = ProtoBuffer.key("url.scheme");
  private static final byte[] URL_PATH = ProtoBuffer.key("url.path");
  private static final byte[] URL_QUERY = ProtoBuffer.key("url.query");
  private static final byte[] URL_TEMPLATE = ProtoBuffer.key("url.template");
  private static final byte[] URL_FULL = ProtoBuffer.key("url.full");
  private static final byte[] RPC_SYSTEM = ProtoBuffer.key(RpcNames.SYSTEM);
  private static final byte[] RPC_METHOD = ProtoBuffer.key(RpcNames.METHOD);
  private static final byte[] RPC_ORIGINAL = ProtoBuffer.key(RpcNames.METHOD_ORIGINAL);
  private static final byte[] RPC_STATUS = ProtoBuffer.key(RpcNames.STATUS);
  private static final byte[] ERROR_TYPE = ProtoBuffer.key("error.type");

  private final FailureEncoder failures;
  private final AttributeEncoder attributes = new AttributeEncoder(ATTRIBUTE);
  private final UrlTemplates urlTemplates = new UrlTemplates();
  private final FindingEncoder findings = new FindingEncoder(ATTRIBUTE);

  public SpanEncoder(boolean exceptionMessages) {
    failures = new FailureEncoder(exceptionMessages);
  }

  /** A span as a field of a ScopeSpans message. */
  public byte[] encode(Span span) {
    ProtoBuffer out = new ProtoBuffer(512);
    encode(span, out);
    return out.toByteArray();
  }

  /** Appends a span to a ScopeSpans message. */
  void encode(Span span, ProtoBuffer out) {
    int message = out.begin(0x12);
    context(span, out);
    out.fixed64(0x39, Clock.epochNanos(span.startNanos()));
    out.fixed64(0x41, Clock.epochNanos(span.endNanos()));
    Template template = span.template();
    HttpExchange http = span.http();
    if (template != null) {
      out.raw(encoded(template));
      execution(span, out);
    } else {
      boolean serves = span.kind() == Span.Kind.SERVER;
      String called = http == null || serves ? null : urlTemplates.of(http);
      out.string(0x2A, called == null ? span.name() : span.name() + ' ' + called);
      out.field(0x30, span.kind().ordinal() + 1);
      if (http != null && serves) server(span, http, out);
      else if (http != null) client(span, http, called, out);
      RpcCall rpc = span.rpc();
      if (rpc != null) call(rpc, out);
    }
    attributes.encode(span, out);
    findings.encode(span, out);
    failures.recorded(span, out);
    Failure failure = span.failure();
    if (failure != null) {
      out.attribute(ATTRIBUTE, ERROR_TYPE, failure.type);
      failures.encode(span, failure, out);
    }
    out.end(message);
  }

  private static void context(Span span, ProtoBuffer out) {
    Request request = span.request();
    out.field(0x0A, 16);
    out.id(request.traceIdHigh());
    out.id(request.traceIdLow());
    out.field(0x12, 8);
    out.id(span.id());
    String state = request.traceState();
    if (state != null && !state.isEmpty()) out.string(0x1A, state);
    long parent = span.parentId();
    if (parent != 0) {
      out.field(0x22, 8);
      out.id(parent);
    }
    out.field(0x85, 1); // 16, fixed32
    int sampled = request.sampled() ? SAMPLED : 0; // else kept for what was found in it
    out.fixed32(sampled | REMOTE_KNOWN | (span.parent() == null && parent != 0 ? REMOTE : 0));
  }

  private static void execution(Span span, ProtoBuffer out) {
    Template template = span.template();
    boolean hasRows = template != null && template.rows != null && span.rows() >= 0;
    if (hasRows) out.attribute(ATTRIBUTE, DB_ROWS, span.rows());
    if (span.fetchNanos() > 0) out.attribute(ATTRIBUTE, FETCH, span.fetchNanos() / 1e6);
    Failure failure = span.failure();
    String code = failure == null ? null : failure.responseStatus();
    if (code != null) out.attribute(ATTRIBUTE, DB_STATUS, code);
  }

  private static void server(Span span, HttpExchange http, ProtoBuffer out) {
    exchange(span, http, out);
    String route = span.request().route();
    if (!route.isEmpty()) out.attribute(ATTRIBUTE, HTTP_ROUTE, route);
    if (http.scheme != null) out.attribute(ATTRIBUTE, URL_SCHEME, http.scheme);
    if (http.path != null) out.attribute(ATTRIBUTE, URL_PATH, UrlText.redactPath(http.path, route));
    if (http.query != null && !http.query.isEmpty()) {
      out.attribute(ATTRIBUTE, URL_QUERY, UrlText.redactQuery(http.query));
    }
  }

  private static void client(
      Span span, HttpExchange http, @Nullable String template, ProtoBuffer out) {
    exchange(span, http, out);
    if (template != null) out.attribute(ATTRIBUTE, URL_TEMPLATE, template);
    if (http.url != null) out.attribute(ATTRIBUTE, URL_FULL, UrlText.redact(http.url));
  }

  private static void exchange(Span span, HttpExchange http, ProtoBuffer out) {
    String method = http.methodLabel();
    out.attribute(ATTRIBUTE, HTTP_METHOD, method);
    if (!method.equals(http.method)) out.attribute(ATTRIBUTE, HTTP_ORIGINAL, http.method);
    if (span.status() > 0) out.attribute(ATTRIBUTE, HTTP_STATUS, span.status());
    server(http.host, http.port, out);
  }

  private static void call(RpcCall rpc, ProtoBuffer out) {
    out.attribute(ATTRIBUTE, RPC_SYSTEM, rpc.system);
    out.attribute(ATTRIBUTE, RPC_METHOD, rpc.methodLabel());
    if (!rpc.isKnown()) {
      out.attribute(ATTRIBUTE, RPC_ORIGINAL, UrlText.redactPath(rpc.asked, ""));
    }
    String status = rpc.status();
    if (status != null) out.attribute(ATTRIBUTE, RPC_STATUS, status);
    server(rpc.host, rpc.port, out);
  }

  private static void server(@Nullable String host, int port, ProtoBuffer out) {
    if (host == null) return;
    out.attribute(ATTRIBUTE, SERVER_ADDRESS, host);
    if (port > 0) out.attribute(ATTRIBUTE, SERVER_PORT, port);
  }

  /** Name, kind and attributes that all executions share. Two threads may do it twice. */
  private static byte[] encoded(Template template) {
    Object known = template.encoded;
    if (known instanceof byte[]) return (byte[]) known;
    ProtoBuffer out = new ProtoBuffer(512);
    Datasource datasource = template.datasource;
    out.string(0x2A, template.summary);
    out.field(0x30, Span.Kind.CLIENT.ordinal() + 1);
    out.attribute(ATTRIBUTE, DB_SYSTEM, datasource.system);
    if (datasource.namespace != null) out.attribute(ATTRIBUTE, DB_NAMESPACE, datasource.namespace);
    if (template.text != null) out.attribute(ATTRIBUTE, DB_TEXT, template.text);
    out.attribute(ATTRIBUTE, DB_SUMMARY, template.summary);
    if (template.operation != null) out.attribute(ATTRIBUTE, DB_OPERATION, template.operation);
    if (template.collection != null) out.attribute(ATTRIBUTE, DB_COLLECTION, template.collection);
    server(datasource.host, datasource.port, out);
    byte[] made = out.toByteArray();
    template.encoded = made;
    return made;
  }
}
