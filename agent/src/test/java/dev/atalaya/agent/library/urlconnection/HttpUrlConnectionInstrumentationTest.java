package dev.atalaya.agent.library.urlconnection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpUrlConnectionInstrumentationTest implements CallContractOverHttp {
  private final Woven woven = Woven.with(new HttpUrlConnectionInstrumentation());
  private final WovenServer server = new WovenServer();

  @AfterEach
  void close() {
    server.close();
    woven.close();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public WovenServer server() {
    return server;
  }

  @Override
  public int get(String url, Map<String, String> headers) throws Exception {
    HttpURLConnection connection = open(url);
    headers.forEach(connection::setRequestProperty);
    return connection.getResponseCode();
  }

  @Test
  void a_body_makes_it_a_post_and_one_span() throws Exception {
    woven.inRequest(
        () -> {
          HttpURLConnection connection = open(server.url("/200"));
          connection.setDoOutput(true);
          connection.getOutputStream().write(1);
          assertNotNull(Tracing.request("GET", "http://between.invalid/"), "the thread is free");
          return null;
        });
    woven.request().end(null);
    woven.inRequest(
        () -> {
          HttpURLConnection connection = open(server.url("/200"));
          connection.setDoOutput(true);
          connection.connect();
          connection.getOutputStream().write(1);
          assertEquals("answer 200", new String(connection.getInputStream().readAllBytes()));
          return connection.getHeaderField("Date");
        });
    Span span = woven.clientSpan();
    assertEquals(200, span.status());
    assertEquals(1, server.header("traceparent").size());
  }

  @Test
  void a_post_is_named_so() throws Exception {
    HttpURLConnection connection = open(server.url("/200"));
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(1);
    connection.getOutputStream().write(1);
    assertEquals(200, connection.getResponseCode());
    assertEquals("POST", woven.clientSpan().name());
    assertNull(woven.clientSpan().failure());
  }

  @Test
  void asking_again_is_no_span() throws Exception {
    HttpURLConnection connection = open(server.url("/404"));
    for (int i = 0; i < 3; i++) {
      assertEquals(404, connection.getResponseCode());
      try {
        connection.getInputStream();
      } catch (java.io.FileNotFoundException expected) {
        // as without the agent
      }
    }
    assertEquals("404", woven.clientSpan().failure().type);
  }

  private static HttpURLConnection open(String url) throws Exception {
    return (HttpURLConnection) new URL(url).openConnection();
  }
}
