package app;

import java.net.URI;
import org.springframework.web.client.RestClient;

/** Spring's RestClient, on the JDK's HTTP client. */
public final class RestClientApp extends Client {
  private final RestClient client =
      RestClient.builder().defaultStatusHandler(status -> true, (request, response) -> {}).build();

  public static void main(String[] args) throws Exception {
    new RestClientApp().serve();
  }

  @Override
  String get(String url, String traceparent) {
    RestClient.RequestHeadersSpec<?> request = client.get().uri(URI.create(url));
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return request.retrieve().body(String.class); // <- get
  }

  @Override
  String getAsync(String url) {
    return client.get().uri(URI.create(url)).retrieve().body(String.class);
  }
}
