package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Concurrently;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Told;
import dev.atalaya.it.Trace;
import dev.atalaya.it.WaysToEnd;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that somebody wrote on Netty's codecs: what no framework's instrumentation knows. */
final class NettyIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.netty:netty-codec-http2:4.1.34.Final",
        "io.netty:netty-codec-http2:4.2.14.Final"
      })
  void each_request_is_a_span_with_its_calls_and_no_route(String library) throws Exception {
    try (Otlp otlp = Otlp.http();
        App app = App.main("app.NettyApp").libraries(library, H2).agent(otlp).start()) {
      Span here = WaysToEnd.span(otlp, app, "/orders/CANARY-1", 200);
      assertEquals("GET", here.name());
      assertNull(here.get("http.route"));
      assertNull(WaysToEnd.span(otlp, app, "/nowhere", 404).get("http.route"));
      App.Answer later = app.get("/later/2");
      assertEquals(202, later.status());
      Trace trace = otlp.trace(later.traceId(), one -> one.database().size() == 8);
      trace.assertCallsInsideServer();
      JsonNode found = Told.await(app, "GET", one -> one.at("/operation/count_max").asInt() == 8);
      assertEquals("app.NettyApp$Shop.lines", found.at("/call_site/function").asText());

      hangUp(app.port());
      Otlp.await(() -> otlp.spans().stream().anyMatch(NettyIT::isGone));
      assertEquals(1, otlp.spans().stream().filter(NettyIT::isGone).count());

      Concurrently.check(otlp, app, 40, List.of("/orders/7", "/later/8"), 8);
    }
  }

  /** The first of them upgrades the connection. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.netty:netty-codec-http2:4.1.34.Final",
        "io.netty:netty-codec-http2:4.2.14.Final"
      })
  void each_stream_is_a_span_with_its_calls_where_one_handler_has_all(String library)
      throws Exception {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.NettyHttp2App")
                .libraries(library, H2)
                .nothingIsSlow()
                .agent(otlp)
                .start()) {
      app.by(HttpClient.Version.HTTP_2);
      for (int i = 0; i < 2; i++) {
        Span here = WaysToEnd.span(otlp, app, "/orders/CANARY-1", 200);
        assertEquals("GET", here.name());
        assertNull(here.get("http.route"));
      }
      WaysToEnd.span(otlp, app, "/nowhere", 404);
      Concurrently.check(otlp, app, 40, List.of("/orders/7", "/later/8"), 8);
    }
  }

  private static boolean isGone(Span span) {
    return "java.nio.channels.ClosedChannelException".equals(span.get("error.type"));
  }

  private static void hangUp(int port) throws IOException {
    try (Socket client = new Socket("127.0.0.1", port)) {
      client
          .getOutputStream()
          .write("GET /never HTTP/1.1\r\nHost: shop\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Otlp.sleep(300);
    }
  }
}
