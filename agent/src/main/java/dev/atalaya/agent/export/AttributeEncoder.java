package dev.atalaya.agent.export;

import dev.atalaya.agent.trace.RpcNames;
import dev.atalaya.agent.trace.Span;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the attributes that the application set; of a key that was set twice the latest, and none
 * that the span has of itself, as a key may stand only once.
 */
final class AttributeEncoder {
  private static final int MOST = 128;
  private static final int MOST_ELEMENTS = 1_000;

  private static final Set<String> OF_TEMPLATES =
      set(
          "db.system.name",
          "db.namespace",
          "db.query.text",
          "db.query.summary",
          "db.operation.name",
          "db.collection.name",
          "server.address",
          "server.port");
  private static final Set<String> OF_EXCHANGES =
      set(
          "http.request.method",
          "http.request.method_original",
          "http.response.status_code",
          "server.address",
          "server.port",
          "url.scheme",
          "url.path",
          "url.query",
          "url.full");

  private static final Set<String> OF_RPC =
      set(
          RpcNames.SYSTEM,
          RpcNames.METHOD,
          RpcNames.METHOD_ORIGINAL,
          RpcNames.STATUS,
          "server.address",
          "server.port");

  private final int tag;

  AttributeEncoder(int tag) {
    this.tag = tag;
  }

  void encode(Span span, ProtoBuffer out) {
    Span.Attribute latest = span.attributes();
    int written = 0;
    for (Span.Attribute a = latest; a != null && written < MOST; a = a.next) {
      if (a.value instanceof Throwable || isSetLater(latest, a)) continue;
      if (isOfItself(span, a.key)) continue;
      encode(a.key, a.value, out);
      written++;
    }
  }

  private static boolean isSetLater(Span.@Nullable Attribute latest, Span.Attribute attribute) {
    for (Span.Attribute a = latest; a != null && a != attribute; a = a.next) {
      if (a.key.equals(attribute.key)) return true;
    }
    return false;
  }

  private static boolean isOfItself(Span span, String key) {
    if (key.equals("error.type")) return span.failure() != null;
    if (key.equals("http.route")) return span.http() != null && !span.request().route().isEmpty();
    if (span.template() != null) return OF_TEMPLATES.contains(key);
    if (span.rpc() != null) return OF_RPC.contains(key);
    return span.http() != null && OF_EXCHANGES.contains(key);
  }

  private void encode(String name, Object value, ProtoBuffer out) {
    byte[] key = ProtoBuffer.key(name);
    if (value instanceof Boolean) {
      out.attribute(tag, key, ((Boolean) value).booleanValue());
    } else if (value instanceof Double || value instanceof Float) {
      out.attribute(tag, key, ((Number) value).doubleValue());
    } else if (isWhole(value)) {
      out.attribute(tag, key, ((Number) value).longValue());
    } else if (value instanceof Collection) {
      array(key, ((Collection<?>) value).toArray(), out);
    } else if (value.getClass().isArray()) {
      array(key, value, out);
    } else {
      out.attribute(tag, key, text(value));
    }
  }

  /** KeyValue { key, 2: AnyValue { 5: ArrayValue { 1: AnyValue } } }. */
  private void array(byte[] key, Object array, ProtoBuffer out) {
    int attribute = out.begin(tag);
    out.raw(key);
    int value = out.begin(0x12);
    int values = out.begin(0x2A);
    int elements = Math.min(Array.getLength(array), MOST_ELEMENTS);
    for (int i = 0; i < elements; i++) {
      int element = out.begin(0x0A);
      Object one = Array.get(array, i);
      if (one instanceof Boolean) out.field(0x10, (Boolean) one ? 1 : 0);
      else if (isWhole(one)) out.field(0x18, ((Number) one).longValue());
      else if (one instanceof Number) out.fixed64(0x21, bits(((Number) one).doubleValue()));
      else if (one != null) out.string(0x0A, text(one));
      out.end(element);
    }
    out.end(values);
    out.end(value);
    out.end(attribute);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static boolean isWhole(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }

  /** The application's own code, which may throw. */
  private static String text(Object value) {
    try {
      return String.valueOf(value.toString());
    } catch (RuntimeException broken) {
      return value.getClass().getName();
    }
  }

  private static Set<String> set(String... keys) {
    return new HashSet<>(Arrays.asList(keys));
  }
}
