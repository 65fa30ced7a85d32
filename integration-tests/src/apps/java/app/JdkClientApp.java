package app;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** java.net.http.HttpClient. */
public final class JdkClientApp extends Client {
  private final HttpClient client = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    new JdkClientApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    return client
        .sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .thenApply(response -> response.body())
        .get();
  }
}
