package dev.atalaya.agent.kept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.export.Recording;
import dev.atalaya.agent.export.Resource;
import dev.atalaya.agent.export.SpanEncoder;
import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against what protobuf's own classes read from the same bytes. */
class OtlpJsonTest {
  private final Recording recording = new Recording();

  @Test
  void what_was_encoded_is_read_whole() throws Exception {
    Call request =
        recording.serve(
            "GET",
            "/orders/17",
            "a=1",
            Map.of("traceparent", Recording.TRACE_PARENT, "tracestate", "vendor=1"));
    recording.query("SELECT * FROM orders WHERE id = ?").end(new IllegalStateException("gone"));
    Call own = recording.tracer.span("price");
    own.attribute("whole", -1L);
    own.attribute("large", Long.MAX_VALUE);
    own.attribute("half", 0.5);
    own.attribute("true", true);
    own.attribute("words", List.of("a", "\u00e9\ud83d\ude00", 3L, 0.25, false));
    own.end(null);
    recording.tracer.route("/orders/{id}");
    request.status(500);
    request.end(new IllegalStateException("gone"));

    SpanEncoder encoder = new SpanEncoder(true);
    List<byte[]> portions = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (Span span : recording.spans()) {
      byte[] bytes = encoder.encode(span);
      portions.add(bytes);
      expected.add(span(ScopeSpans.parseFrom(bytes).getSpans(0)));
    }

    assertEquals(3, expected.size());
    assertEquals(expected, spans(OtlpJson.of(resource(), portions)));
    String text = Json.write(OtlpJson.of(resource(), portions));
    assertTrue(text.contains("\"traceId\":\"4bf92f3577b34da6a3ce929d0e0e4736\""), text);
    assertTrue(text.contains("{\"intValue\":\"9223372036854775807\"}"), text);
    assertTrue(
        text.startsWith(
            "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + "\"value\":{\"stringValue\":\"shop\"}}"),
        text);
  }

  private static Resource resource() {
    return Resource.of(Options.read("otel.service.name=shop"), "1.0");
  }

  private static Object spans(Map<String, Object> otlp) {
    Map<?, ?> resource = (Map<?, ?>) ((List<?>) otlp.get("resourceSpans")).get(0);
    return ((Map<?, ?>) ((List<?>) resource.get("scopeSpans")).get(0)).get("spans");
  }

  private static Map<String, Object> span(io.opentelemetry.proto.trace.v1.Span span) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("traceId", hex(span.getTraceId()));
    json.put("spanId", hex(span.getSpanId()));
    if (!span.getTraceState().isEmpty()) json.put("traceState", span.getTraceState());
    if (!span.getParentSpanId().isEmpty()) json.put("parentSpanId", hex(span.getParentSpanId()));
    json.put("flags", span.getFlags());
    json.put("name", span.getName());
    json.put("kind", (long) span.getKindValue());
    json.put("startTimeUnixNano", Long.toString(span.getStartTimeUnixNano()));
    json.put("endTimeUnixNano", Long.toString(span.getEndTimeUnixNano()));
    json.put("attributes", attributes(span.getAttributesList()));
    List<Object> events = new ArrayList<>();
    for (var event : span.getEventsList()) {
      events.add(
          Map.of(
              "timeUnixNano", Long.toString(event.getTimeUnixNano()),
              "name", event.getName(),
              "attributes", attributes(event.getAttributesList())));
    }
    if (!events.isEmpty()) json.put("events", events);
    if (span.hasStatus()) {
      Map<String, Object> status = new LinkedHashMap<>();
      String message = span.getStatus().getMessage();
      if (!message.isEmpty()) status.put("message", message);
      status.put("code", (long) span.getStatus().getCodeValue());
      json.put("status", status);
    }
    return json;
  }

  private static List<Object> attributes(List<KeyValue> all) {
    List<Object> json = new ArrayList<>();
    for (KeyValue one : all) json.add(Map.of("key", one.getKey(), "value", value(one.getValue())));
    return json;
  }

  private static Map<String, Object> value(AnyValue value) {
    if (value.hasBoolValue()) return Map.of("boolValue", value.getBoolValue());
    if (value.hasIntValue()) return Map.of("intValue", Long.toString(value.getIntValue()));
    if (value.hasDoubleValue()) return Map.of("doubleValue", value.getDoubleValue());
    if (value.hasStringValue()) return Map.of("stringValue", value.getStringValue());
    List<Object> values = new ArrayList<>();
    for (AnyValue one : value.getArrayValue().getValuesList()) values.add(value(one));
    return Map.of("arrayValue", Map.of("values", values));
  }

  private static String hex(ByteString bytes) {
    return String.format("%0" + 2 * bytes.size() + "x", new BigInteger(1, bytes.toByteArray()));
  }
}
