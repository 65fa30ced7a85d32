package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span.Event;
import io.opentelemetry.proto.trace.v1.Status;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SpanEncoderTest {
  private final Recording recording = new Recording();

  @Test
  void server_span_reads_as_the_conventions_want_it() throws Exception {
    Call request = recording.serve("GET", "/orders/17", "page=2&token=s3cret", Map.of());
    recording.tracer.route("/orders/{id}");
    request.status(200);
    request.end(null);

    var span = encoded(false).get(0);

    assertEquals("GET /orders/{id}", span.getName());
    assertEquals("SPAN_KIND_SERVER", span.getKind().name());
    assertEquals(16, span.getTraceId().size());
    assertEquals(8, span.getSpanId().size());
    assertTrue(span.getParentSpanId().isEmpty());
    assertEquals(0x101, span.getFlags());
    assertEquals(Status.StatusCode.STATUS_CODE_UNSET, span.getStatus().getCode());
    long now = System.currentTimeMillis() * 1_000_000;
    assertTrue(Math.abs(now - span.getStartTimeUnixNano()) < 60_000_000_000L);
    assertTrue(span.getEndTimeUnixNano() > span.getStartTimeUnixNano());
    assertEquals("GET", text(span, "http.request.method"));
    assertEquals("/orders/{id}", text(span, "http.route"));
    assertEquals("/orders/17", text(span, "url.path"));
    assertEquals("https", text(span, "url.scheme"));
    assertEquals("shop.example", text(span, "server.address"));
    assertEquals(8443, value(span, "server.port").getIntValue());
    assertEquals(200, value(span, "http.response.status_code").getIntValue());
    assertEquals("page=2&token=REDACTED", text(span, "url.query"));
    assertNull(value(span, "http.request.method_original"));
    assertNull(value(span, "error.type"));
  }

  @Test
  void secrets_of_a_path_are_left_out_and_the_routes_own_words_stay() throws Exception {
    Call call = recording.serve("GET", "/app/8f14e45fceea167a/x", null, Map.of());
    recording.tracer.route("/app/{token}/x");
    call.end(null);

    assertEquals("/app/REDACTED/x", text(encoded(false).get(0), "url.path"));
  }

  @Test
  void method_that_nobody_knows_is_kept_beside_other() throws Exception {
    recording.serve("BREW", "/pot", null, Map.of()).end(null);

    var span = encoded(false).get(0);

    assertEquals("HTTP", span.getName());
    assertEquals("_OTHER", text(span, "http.request.method"));
    assertEquals("BREW", text(span, "http.request.method_original"));
    assertNull(value(span, "http.route"));
  }

  @Test
  void remote_parent_is_the_parent_of_the_root_alone() throws Exception {
    Call request =
        recording.serve(
            "GET",
            "/",
            null,
            Map.of("traceparent", Recording.TRACE_PARENT, "tracestate", "vendor=1"));
    recording.query("SELECT 1").end(null);
    request.end(null);

    var spans = encoded(false);

    var server = spans.get(0);
    var query = spans.get(1);
    assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", hex(server.getTraceId()));
    assertEquals("00f067aa0ba902b7", hex(server.getParentSpanId()));
    assertEquals(0x301, server.getFlags());
    assertEquals(server.getTraceId(), query.getTraceId());
    assertEquals(server.getSpanId(), query.getParentSpanId());
    assertEquals(0x101, query.getFlags());
    assertEquals("vendor=1", server.getTraceState());
    assertEquals("vendor=1", query.getTraceState());
  }

  @Test
  void remote_procedure_calls_read_as_the_conventions_want_them() throws Exception {
    RpcCall found = new RpcCall("grpc", "shop.Stock/Find", "stock:5000");
    found.known(false);
    Span sent = recording.tracer.rpcCalls().send(found);
    found.answered("NOT_FOUND", null);
    sent.attribute("rpc.method", "another");
    sent.end(null);
    RpcCall unknown = new RpcCall("grpc", "shop.Stock/Buy", "[::1]");
    Span served = recording.tracer.rpcCalls().serve(unknown, Map.of());
    unknown.answered("UNIMPLEMENTED", null);
    served.end(null);

    var spans = encoded(false);

    var client = spans.get(0);
    assertEquals("shop.Stock/Find", client.getName());
    assertEquals("SPAN_KIND_CLIENT", client.getKind().name());
    assertEquals("grpc", text(client, "rpc.system.name"));
    assertEquals("shop.Stock/Find", text(client, "rpc.method"));
    assertNull(value(client, "rpc.method_original"));
    assertEquals("NOT_FOUND", text(client, "rpc.response.status_code"));
    assertEquals("NOT_FOUND", text(client, "error.type"));
    assertEquals("stock", text(client, "server.address"));
    assertEquals(5000, value(client, "server.port").getIntValue());
    var server = spans.get(1);
    assertEquals("grpc", server.getName());
    assertEquals("SPAN_KIND_SERVER", server.getKind().name());
    assertEquals("_OTHER", text(server, "rpc.method"));
    assertEquals("shop.Stock/Buy", text(server, "rpc.method_original"));
    assertEquals("UNIMPLEMENTED", text(server, "error.type"));
    assertEquals("[::1]", text(server, "server.address"));
    assertNull(value(server, "server.port"));
  }

  @Test
  void query_carries_its_template_and_what_differs() throws Exception {
    Object rows = new Object();
    Call query = recording.query("SELECT * FROM orders WHERE id = ?");
    recording.tracer.rows(query, rows);
    query.end(null);
    recording.tracer.next(rows, true);
    recording.tracer.next(rows, true);
    recording.tracer.next(rows, false);
    recording.query("SELECT * FROM orders WHERE id = ?").end(null);

    var spans = encoded(false);

    for (var span : spans) {
      assertEquals("SPAN_KIND_CLIENT", span.getKind().name());
      assertTrue(span.getParentSpanId().isEmpty(), "outside of a request it is a root");
      assertEquals("SELECT orders", span.getName());
      assertEquals("postgresql", text(span, "db.system.name"));
      assertEquals("shop", text(span, "db.namespace"));
      assertEquals("SELECT * FROM orders WHERE id = ?", text(span, "db.query.text"));
      assertEquals("SELECT orders", text(span, "db.query.summary"));
      assertEquals("SELECT", text(span, "db.operation.name"));
      assertEquals("orders", text(span, "db.collection.name"));
      assertEquals("db.example", text(span, "server.address"));
      assertEquals(5432, value(span, "server.port").getIntValue());
    }
    var read = spans.get(0).getTraceId().equals(spans.get(1).getTraceId()) ? null : spans;
    var first = read.stream().filter(s -> value(s, "db.response.returned_rows") != null).toList();
    assertEquals(1, first.size());
    assertEquals(2, value(first.get(0), "db.response.returned_rows").getIntValue());
    assertTrue(value(first.get(0), "atalaya.fetch_ms").getDoubleValue() > 0);
  }

  @Test
  void failed_query_shows_its_state_and_no_message() throws Exception {
    recording.query("INSERT INTO users VALUES (?)").end(uniqueViolation());

    var span = encoded(false).get(0);

    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
    assertEquals("", span.getStatus().getMessage());
    assertEquals("23505", text(span, "db.response.status_code"));
    assertEquals("java.sql.SQLException", text(span, "error.type"));
    Event event = span.getEvents(0);
    assertEquals("exception", event.getName());
    assertEquals(span.getEndTimeUnixNano(), event.getTimeUnixNano());
    assertEquals("java.sql.SQLException", value(event.getAttributesList(), "exception.type"));
    assertNull(value(event.getAttributesList(), "exception.message"));
    String stack = value(event.getAttributesList(), "exception.stacktrace");
    assertTrue(stack.contains("\tat " + SpanEncoderTest.class.getName()), stack);
    assertTrue(stack.contains("Caused by: java.lang.IllegalStateException\n"), stack);
    assertFalse(span.toString().contains("ann@example.com"));
  }

  @Test
  void messages_are_shown_masked_where_the_user_wants_them() throws Exception {
    recording.query("INSERT INTO users VALUES (?)").end(uniqueViolation());

    var span = encoded(true).get(0);

    String message = value(span.getEvents(0).getAttributesList(), "exception.message");
    assertTrue(message.startsWith("duplicate key"), message);
    assertEquals(message, span.getStatus().getMessage());
    assertFalse(span.toString().contains("ann@example.com"), span.toString());
  }

  @Test
  void stack_trace_is_bounded() throws Exception {
    Call request = recording.serve("GET", "/", null, Map.of());
    request.end(deep(5_000));

    var span = encoded(false).get(0);

    String stack = value(span.getEvents(0).getAttributesList(), "exception.stacktrace");
    assertTrue(stack.length() <= 8 * 1024 && stack.length() > 4 * 1024, stack.length() + " chars");
  }

  @Test
  void outgoing_request_hides_credentials() throws Exception {
    Call call = recording.tracer.request("GET", "http://ann:pw@api.example:81/v1?token=abc&x=1");
    call.status(404);
    call.end(null);

    var span = encoded(false).get(0);

    assertEquals("GET /v1", span.getName());
    assertEquals("/v1", text(span, "url.template"));
    assertEquals("api.example", text(span, "server.address"));
    assertEquals(81, value(span, "server.port").getIntValue());
    assertEquals("404", text(span, "error.type"));
    assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
    String url = text(span, "url.full");
    assertFalse(url.contains("pw@") || url.contains("abc"), url);
    assertTrue(url.endsWith("x=1"), url);
  }

  @Test
  void outgoing_requests_are_named_by_what_their_paths_have_in_common() throws Exception {
    for (String url : List.of("http://a/items/17?x=1", "http://a/items/18", "http://b", "b://c/")) {
      recording.tracer.request("GET", url).end(null);
    }
    assertEquals(
        List.of("GET /items/{}", "GET /items/{}", "GET /", "GET /"),
        encoded(false).stream().map(span -> span.getName()).collect(Collectors.toList()));
  }

  @Test
  void a_host_with_too_many_templates_has_none() throws Exception {
    for (int i = 0; i <= UrlTemplates.MOST; i++) {
      String word = Integer.toString(i, 2).replace('0', 'x').replace('1', 'y');
      recording.tracer.request("GET", "http://words/" + word).end(null);
    }
    recording.tracer.request("GET", "http://words/x").end(null);
    recording.tracer.request("GET", "http://other/x").end(null);

    var spans = encoded(false);
    assertEquals("GET /x", spans.get(0).getName());
    assertEquals("GET", spans.get(UrlTemplates.MOST).getName());
    assertEquals("GET", spans.get(UrlTemplates.MOST + 1).getName(), "also one that it had");
    assertNull(value(spans.get(UrlTemplates.MOST + 1), "url.template"));
    assertEquals("GET /x", spans.get(UrlTemplates.MOST + 2).getName());
  }

  @Test
  void latest_of_an_attribute_counts_and_none_is_twice() throws Exception {
    Call span = recording.tracer.span("work");
    span.attribute("count", 1);
    span.attribute("count", 2L);
    span.attribute("ratio", 0.5f);
    span.attribute("ok", true);
    span.attribute("name", "Jörg \uD83D\uDE00 \uD800");
    span.attribute("tags", List.of("a", "b"));
    span.attribute("sizes", new int[] {1, 2});
    span.end(null);

    var encoded = encoded(false).get(0);

    assertEquals("SPAN_KIND_INTERNAL", encoded.getKind().name());
    assertEquals("work", encoded.getName());
    assertEquals(6, encoded.getAttributesCount());
    assertEquals(2, value(encoded, "count").getIntValue());
    assertEquals(0.5, value(encoded, "ratio").getDoubleValue());
    assertTrue(value(encoded, "ok").getBoolValue());
    assertEquals("Jörg \uD83D\uDE00 \uFFFD", text(encoded, "name"));
    assertEquals("b", value(encoded, "tags").getArrayValue().getValues(1).getStringValue());
    assertEquals(2, value(encoded, "sizes").getArrayValue().getValues(1).getIntValue());
  }

  @Test
  void application_does_not_double_what_the_span_has_itself() throws Exception {
    Call query = recording.query("SELECT 1");
    query.attribute("db.namespace", "other");
    query.attribute("http.route", "kept");
    query.end(null);

    var span = encoded(false).get(0);

    long namespaces =
        span.getAttributesList().stream().filter(a -> a.getKey().equals("db.namespace")).count();
    assertEquals(1, namespaces);
    assertEquals("shop", text(span, "db.namespace"));
    assertEquals("kept", text(span, "http.route"));
  }

  private static SQLException uniqueViolation() {
    return new SQLException(
        "duplicate key value violates unique constraint Detail: Key (email)=(ann@example.com)",
        "23505",
        new IllegalStateException("ann@example.com"));
  }

  private static Throwable deep(int depth) {
    return depth == 0 ? new IllegalStateException("deep") : deep(depth - 1);
  }

  private List<io.opentelemetry.proto.trace.v1.Span> encoded(boolean messages) throws Exception {
    SpanEncoder encoder = new SpanEncoder(messages);
    ProtoBuffer buffer = new ProtoBuffer(16);
    for (Span span : recording.spans()) encoder.encode(span, buffer);
    return ScopeSpans.parseFrom(buffer.toByteArray()).getSpansList();
  }

  private static String text(io.opentelemetry.proto.trace.v1.Span span, String key) {
    AnyValue value = value(span, key);
    return value == null ? null : value.getStringValue();
  }

  private static AnyValue value(io.opentelemetry.proto.trace.v1.Span span, String key) {
    for (KeyValue attribute : span.getAttributesList()) {
      if (attribute.getKey().equals(key)) return attribute.getValue();
    }
    return null;
  }

  private static String value(List<KeyValue> attributes, String key) {
    for (KeyValue attribute : attributes) {
      if (attribute.getKey().equals(key)) return attribute.getValue().getStringValue();
    }
    return null;
  }

  private static String hex(ByteString bytes) {
    StringBuilder hex = new StringBuilder();
    for (byte b : bytes) hex.append(String.format("%02x", b));
    return hex.toString();
  }
}
