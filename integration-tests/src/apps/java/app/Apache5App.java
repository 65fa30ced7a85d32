package app;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequests;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Apache HttpClient 5. */
public final class Apache5App extends Client {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final CloseableHttpAsyncClient async = HttpAsyncClients.createDefault();

  public static void main(String[] args) throws Exception {
    Apache5App app = new Apache5App();
    app.async.start();
    app.serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpGet request = new HttpGet(url);
    if (traceparent != null) {
      request.setHeader("traceparent", traceparent);
    }
    return client.execute( // <- get
        request, response -> EntityUtils.toString(response.getEntity()));
  }

  @Override
  String getAsync(String url) throws Exception {
    SimpleHttpRequest request = SimpleHttpRequests.create("GET", url);
    return async.execute(request, null).get().getBodyText();
  }
}
