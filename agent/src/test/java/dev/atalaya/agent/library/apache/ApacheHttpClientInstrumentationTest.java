package dev.atalaya.agent.library.apache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.library.CallContractOverHttp;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.WovenServer;
import java.util.Map;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApacheHttpClientInstrumentationTest implements CallContractOverHttp {
  private final Woven woven = Woven.with(new ApacheHttpClientInstrumentation());
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
    try (CloseableHttpResponse response = client.execute(request)) {
      EntityUtils.consume(response.getEntity());
      return response.getStatusLine().getStatusCode();
    }
  }

  @Test
  void a_path_belongs_to_its_target() throws Exception {
    HttpHost target = new HttpHost("localhost", server.port(), "http");
    client.execute(target, new BasicHttpRequest("GET", "/200")).close();
    assertEquals(server.url("/200"), woven.clientSpan().http().url);
  }

  @Test
  @SuppressWarnings("deprecation")
  void the_client_of_old_is_recorded_once() throws Exception {
    try (CloseableHttpClient old = new DefaultHttpClient()) {
      old.execute(new HttpGet(server.url("/200"))).close();
    }
    assertEquals(200, woven.clientSpan().status());
  }
}
