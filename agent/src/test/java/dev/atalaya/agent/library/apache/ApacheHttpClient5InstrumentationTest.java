package dev.atalaya.agent.library.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApacheHttpClient5InstrumentationTest implements CallContractOverHttp {
  private final Woven woven = Woven.with(new ApacheHttpClient5Instrumentation());
  private final WovenServer server = new WovenServer();
  private final CloseableHttpClient client = HttpClients.createDefault();

  @AfterEach
  void close() throws Exception {
    client.close();
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
    HttpGet request = new HttpGet(url);
    headers.forEach(request::setHeader);
    return client.execute(
        request,
        response -> {
          EntityUtils.consume(response.getEntity());
          return response.getCode();
        });
  }

  @Test
  void a_path_belongs_to_its_target() throws Exception {
    HttpHost target = new HttpHost("http", "localhost", server.port());
    int status =
        client.execute(target, new BasicClassicHttpRequest("GET", "/200"), r -> r.getCode());
    assertEquals(200, status);
    assertEquals(server.url("/200"), woven.clientSpan().http().url);
  }

  @Test
  void a_minimal_client_is_recorded() throws Exception {
    try (CloseableHttpClient minimal = HttpClients.createMinimal()) {
      minimal.execute(new HttpGet(server.url("/200")), r -> r.getCode());
    }
    assertEquals(200, woven.clientSpan().status());
  }

  @Test
  void a_path_that_is_no_uri_is_recorded_as_it_is() throws Exception {
    HttpHost target = new HttpHost("http", "localhost", server.port());
    client.execute(target, new BasicClassicHttpRequest("GET", "/200?x={1}"), r -> r.getCode());
    assertEquals(server.url("/200?x={1}"), woven.clientSpan().http().url);
  }

  @Test
  void a_request_that_is_sent_again_tells_of_its_new_span() throws Exception {
    HttpGet request = new HttpGet(server.url("/200"));
    client.execute(request, r -> r.getCode());
    List<String> first = server.header("traceparent");
    assertFalse(request.containsHeader("traceparent"));
    client.execute(request, r -> r.getCode());
    assertEquals(1, server.header("traceparent").size());
    assertNotEquals(first, server.header("traceparent"));
  }

  @Test
  void a_trace_header_of_the_applications_stays_on_its_request() throws Exception {
    String own = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    HttpGet request = new HttpGet(server.url("/200"));
    request.setHeader("traceparent", own);
    client.execute(request, r -> r.getCode());
    assertEquals(own, request.getHeader("traceparent").getValue());
  }
}
