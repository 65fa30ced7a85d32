package dev.atalaya.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
