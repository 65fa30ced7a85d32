package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.trace.OperationFamily;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FindingEncoderTest {
  @Test
  void a_statement_is_a_query() throws Exception {
    assertEquals(
        Map.of("db.query.text", "SELECT a FROM t WHERE b = ?"),
        attributes(OperationFamily.SQL, "SELECT", "SELECT a FROM t WHERE b = ?"));
    assertEquals(
        Map.of("db.query.text", "GET user:{}"),
        attributes(OperationFamily.KEY_VALUE, "GET", "GET user:{}"));
  }

  @Test
  void an_outgoing_request_is_a_url_and_no_query() throws Exception {
    assertEquals(
        Map.of(
            "http.request.method", "GET",
            "url.full", "http://stock:80/items/{}?size",
            "url.template", "/items/{}"),
        attributes(OperationFamily.HTTP, "GET", "GET http://stock:80/items/{}?size"));
    assertEquals(
        Map.of("http.request.method", "POST", "url.full", "http://stock:80?a"),
        attributes(OperationFamily.HTTP, "POST", "POST http://stock:80?a"));
  }

  @Test
  void a_remote_procedure_call_is_its_method() throws Exception {
    assertEquals(
        Map.of("rpc.system.name", "grpc", "rpc.method", "shop.Stock/Find"),
        attributes(OperationFamily.RPC, "shop.Stock/Find", "grpc://stock:80/shop.Stock/Find"));
  }

  private static Map<String, String> attributes(OperationFamily family, String verb, String text)
      throws Exception {
    ProtoBuffer out = new ProtoBuffer(256);
    FindingEncoder.operation(family, verb, text, out);
    Map<String, String> attributes = new TreeMap<>();
    Span.Event.parseFrom(out.toByteArray())
        .getAttributesList()
        .forEach(one -> attributes.put(one.getKey(), one.getValue().getStringValue()));
    return attributes;
  }
}
