package app;

import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.api.Request;
import org.eclipse.jetty.client.api.Result;
import org.eclipse.jetty.client.util.BufferingResponseListener;

/** Jetty's HttpClient. */
public final class JettyClientApp extends Client {
  private final HttpClient client = new HttpClient();

  public static void main(String[] args) throws Exception {
    JettyClientApp app = new JettyClientApp();
    app.client.start();
    app.serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    Request request = client.newRequest(url);
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return request.send().getContentAsString(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    final CompletableFuture<String> body = new CompletableFuture<>();
    client
        .newRequest(url)
        .send(
            new BufferingResponseListener() {
              @Override
              public void onComplete(Result result) {
                body.complete(getContentAsString());
              }
            });
    return body.get();
  }
}
