package app;

import org.apache.http.client.HttpClient;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.DefaultHttpClient;
import org.apache.http.impl.conn.PoolingClientConnectionManager;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4 as it was up to 4.2. */
public final class Apache42App extends Client {
  private final HttpClient client = new DefaultHttpClient(new PoolingClientConnectionManager());

  public static void main(String[] args) throws Exception {
    new Apache42App().serve();
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
