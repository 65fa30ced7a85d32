package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.bridge.Call;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcCallTest {
  @ParameterizedTest
  @CsvSource({
    "stock:5000, stock, 5000, grpc://stock:5000/shop.Stock/Find",
    "stock, stock, 0, grpc://stock/shop.Stock/Find",
    "[::1]:5000, [::1], 5000, grpc://[::1]:5000/shop.Stock/Find",
    "[::1], [::1], 0, grpc://[::1]/shop.Stock/Find",
    "unix:socket, unix:socket, 0, grpc://unix:socket/shop.Stock/Find",
    ", , 0, grpc:///shop.Stock/Find",
  })
  void an_authority_is_a_host_and_perhaps_a_port(
      String authority, String host, int port, String operation) {
    RpcCall call = new RpcCall("grpc", "shop.Stock/Find", authority);
    assertEquals(host, call.host);
    assertEquals(port, call.port);
    assertEquals(operation, call.operation());
  }

  @ParameterizedTest
  @CsvSource({
    "OK, false, false",
    "CANCELLED, false, true",
    "NOT_FOUND, false, true",
    "UNKNOWN, true, true",
    "DEADLINE_EXCEEDED, true, true",
    "UNIMPLEMENTED, true, true",
    "INTERNAL, true, true",
    "UNAVAILABLE, true, true",
    "DATA_LOSS, true, true",
  })
  void a_status_is_an_error_by_the_side_that_sees_it(
      String status, boolean ofServer, boolean ofClient) {
    RpcCall call = new RpcCall("grpc", "shop.Stock/Find", "stock");
    assertNull(call.failure(true));
    call.answered(status, null);
    assertEquals(ofServer, call.failure(true) != null);
    assertEquals(ofClient, call.failure(false) != null);
  }

  @Test
  void one_method_of_another_server_is_another_operation() {
    long here = new RpcCall("grpc", "shop.Stock/Find", "stock:5000").key();
    assertEquals(here, new RpcCall("grpc", "shop.Stock/Find", "stock:5000").key());
    assertNotEquals(here, new RpcCall("grpc", "shop.Stock/Find", "stock:5001").key());
    assertNotEquals(here, new RpcCall("grpc", "shop.Stock/Find", "store:5000").key());
    assertNotEquals(here, new RpcCall("grpc", "shop.Stock/List", "stock:5000").key());
  }

  @Test
  void what_a_thread_does_for_a_call_ends_with_that() {
    Simulation app = new Simulation();
    Request caller = app.request("/orders");
    RpcCall call = new RpcCall("grpc", "shop.Stock/Find", "stock");
    Span served = app.recorder.rpcCalls().serve(call, Map.of());
    Call working = RpcCalls.working(served);
    Span inside = app.query("SELECT 1", 1);
    working.end(null);
    Span outside = app.query("SELECT 2", 1);
    assertEquals(served, inside.parent());
    assertEquals(caller.root(), outside.parent());
    assertTrue(served.endNanos() == 0);
    served.end(null);
    app.end(caller);
  }

  @Test
  void what_a_call_is_made_in_goes_on_until_it_has_ended() {
    Simulation app = new Simulation();
    Request caller = app.request("/orders");
    Span sent = app.recorder.rpcCalls().send(new RpcCall("grpc", "shop.Stock/Find", "stock"));
    caller.root().end(null);
    assertTrue(caller.isUnsettled());
    RpcCalls.sent(sent, null);
    assertFalse(caller.isUnsettled());
  }
}
