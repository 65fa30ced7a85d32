package app;

import org.apache.http.HttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.nio.client.CloseableHttpAsyncClient;
import org.apache.http.impl.nio.client.HttpAsyncClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpAsyncClient 4, and its minimal client. */
public final class Apache4AsyncApp extends Client {
  private final CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
  private final CloseableHttpAsyncClient minimal = HttpAsyncClients.createMinimal();

  public static void main(String[] args) throws Exception {
    Apache4AsyncApp app = new Apache4AsyncApp();
    app.client.start();
    app.minimal.start();
    app.serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpGet request = new HttpGet(url);
    if (traceparent != null) {
      request.setHeader("traceparent", traceparent);
    }
    HttpResponse response = client.execute(request, null).get(); // <- get
    return EntityUtils.toString(response.getEntity());
  }

  @Override
  String getAsync(String url) throws Exception {
    return EntityUtils.toString(minimal.execute(new HttpGet(url), null).get().getEntity());
  }
}
