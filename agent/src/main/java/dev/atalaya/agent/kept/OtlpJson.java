package dev.atalaya.agent.kept;

import dev.atalaya.agent.export.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Encoded spans as OTLP's mapping to JSON has them: names in camelCase, 64-bit integers as strings,
 * ids in hex digits, enumerations as numbers. A file of it is what tracing systems open.
 */
final class OtlpJson {
  private OtlpJson() {}

  /** {@code portions}: each of them fields of ScopeSpans, in the names of opentelemetry.proto. */
  static Map<String, Object> of(Resource resource, List<byte[]> portions) {
    List<Object> spans = new ArrayList<>();
    for (byte[] portion : portions) {
      ProtoReader fields = new ProtoReader(portion);
      while (fields.next()) spans.add(span(fields.message()));
    }
    Map<String, Object> scope = new LinkedHashMap<>();
    scope.put("name", "dev.atalaya");
    scope.put("version", String.valueOf(resource.text("telemetry.distro.version")));
    Map<String, Object> ofScope = new LinkedHashMap<>();
    ofScope.put("scope", scope);
    ofScope.put("spans", spans);
    Map<String, Object> ofResource = new LinkedHashMap<>();
    ofResource.put("resource", Collections.singletonMap("attributes", attributes(resource)));
    ofResource.put("scopeSpans", Collections.singletonList(ofScope));
    return Collections.singletonMap("resourceSpans", Collections.singletonList(ofResource));
  }

  private static List<Object> attributes(Resource resource) {
    List<Object> attributes = new ArrayList<>();
    resource
        .attributes()
        .forEach(
            (key, value) -> {
              Map<String, Object> attribute = new LinkedHashMap<>();
              attribute.put("key", key);
              String type = value instanceof Long ? "intValue" : "stringValue";
              attribute.put("value", Collections.singletonMap(type, value.toString()));
              attributes.add(attribute);
            });
    return attributes;
  }

  private static Map<String, Object> span(ProtoReader in) {
    Map<String, Object> span = new LinkedHashMap<>();
    List<Object> attributes = new ArrayList<>();
    List<Object> events = new ArrayList<>(0);
    while (in.next()) {
      if (in.field == 1) span.put("traceId", in.id());
      else if (in.field == 2) span.put("spanId", in.id());
      else if (in.field == 3) span.put("traceState", in.string());
      else if (in.field == 4) span.put("parentSpanId", in.id());
      else if (in.field == 5) span.put("name", in.string());
      else if (in.field == 6) span.put("kind", in.varint());
      else if (in.field == 7) span.put("startTimeUnixNano", Long.toUnsignedString(in.fixed64()));
      else if (in.field == 8) span.put("endTimeUnixNano", Long.toUnsignedString(in.fixed64()));
      else if (in.field == 9) attributes.add(attribute(in.message()));
      else if (in.field == 11) events.add(event(in.message()));
      else if (in.field == 15) span.put("status", status(in.message()));
      else if (in.field == 16) span.put("flags", in.fixed32());
      else in.skip();
    }
    span.put("attributes", attributes);
    if (!events.isEmpty()) span.put("events", events);
    return span;
  }

  private static Map<String, Object> event(ProtoReader in) {
    Map<String, Object> event = new LinkedHashMap<>();
    List<Object> attributes = new ArrayList<>();
    while (in.next()) {
      if (in.field == 1) event.put("timeUnixNano", Long.toUnsignedString(in.fixed64()));
      else if (in.field == 2) event.put("name", in.string());
      else if (in.field == 3) attributes.add(attribute(in.message()));
      else in.skip();
    }
    event.put("attributes", attributes);
    return event;
  }

  private static Map<String, Object> status(ProtoReader in) {
    Map<String, Object> status = new LinkedHashMap<>();
    while (in.next()) {
      if (in.field == 2) status.put("message", in.string());
      else if (in.field == 3) status.put("code", in.varint());
      else in.skip();
    }
    return status;
  }

  private static Map<String, Object> attribute(ProtoReader in) {
    Map<String, Object> attribute = new LinkedHashMap<>();
    while (in.next()) {
      if (in.field == 1) attribute.put("key", in.string());
      else if (in.field == 2) attribute.put("value", value(in.message()));
      else in.skip();
    }
    return attribute;
  }

  private static Map<String, Object> value(ProtoReader in) {
    Map<String, Object> value = new LinkedHashMap<>(2);
    while (in.next()) {
      if (in.field == 1) value.put("stringValue", in.string());
      else if (in.field == 2) value.put("boolValue", in.varint() != 0);
      else if (in.field == 3) value.put("intValue", Long.toString(in.varint()));
      else if (in.field == 4) value.put("doubleValue", Double.longBitsToDouble(in.fixed64()));
      else if (in.field == 5) value.put("arrayValue", array(in.message()));
      else in.skip();
    }
    return value;
  }

  private static Map<String, Object> array(ProtoReader in) {
    List<Object> values = new ArrayList<>();
    while (in.next()) {
      if (in.field == 1) values.add(value(in.message()));
      else in.skip();
    }
    return Collections.singletonMap("values", values);
  }
}
