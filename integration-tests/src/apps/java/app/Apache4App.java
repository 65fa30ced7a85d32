package app;

import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4. */
public final class Apache4App extends Client {
  private final CloseableHttpClient client = HttpClients.createDefault();

  public static void main(String[] args) throws Exception {
    new Apache4App().serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpGet request = new HttpGet(url);
    if (traceparent != null) {
      request.setHeader("traceparent", traceparent);
    }
    return EntityUtils.toString(client.execute(request).getEntity());
  }

  /** A response handler in place of an asynchronous call, which it does not know. */
  @Override
  String getAsync(String url) throws Exception {
    return client.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }
}
