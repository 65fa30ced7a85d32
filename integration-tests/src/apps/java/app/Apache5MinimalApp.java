package app;

import java.net.URI;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequests;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;

/** Apache HttpClient 5's minimal asynchronous client, and a connection that it leases. */
public final class Apache5MinimalApp extends Client {
  private final MinimalHttpAsyncClient client = HttpAsyncClients.createMinimal();

  public static void main(String[] args) throws Exception {
    Apache5MinimalApp app = new Apache5MinimalApp();
    app.client.start();
    app.serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    SimpleHttpRequest request = SimpleHttpRequests.create("GET", url);
    if (traceparent != null) {
      request.setHeader("traceparent", traceparent);
    }
    return client.execute(request, null).get().getBodyText(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    HttpHost host = HttpHost.create(URI.create(url));
    AsyncClientEndpoint leased = client.lease(host, null).get();
    try {
      return leased
          .execute(
              SimpleRequestProducer.create(SimpleHttpRequests.create("GET", url)),
              SimpleResponseConsumer.create(),
              null)
          .get()
          .getBodyText();
    } finally {
      leased.releaseAndReuse();
    }
  }
}
