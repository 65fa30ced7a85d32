package app;

import org.eclipse.jetty.client.CompletableResponseListener;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;

/** Jetty's HttpClient from 12 on. */
public final class JettyClient12App extends Client {
  private final HttpClient client = new HttpClient();

  public static void main(String[] args) throws Exception {
    JettyClient12App app = new JettyClient12App();
    app.client.start();
    app.serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    Request request = client.newRequest(url);
    if (traceparent != null) {
      request.headers(headers -> headers.put("traceparent", traceparent));
    }
    return request.send().getContentAsString(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    return new CompletableResponseListener(client.newRequest(url))
        .send()
        .thenApply(ContentResponse::getContentAsString)
        .get();
  }
}
