package app;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;

/** Armeria's client, which asks for HTTP/2 first. */
public final class ArmeriaClientApp extends Client {
  private final WebClient client = WebClient.of();

  public static void main(String[] args) throws Exception {
    new ArmeriaClientApp().serve();
  }

  @Override
  String get(String url, String traceparent) {
    RequestHeadersBuilder headers = RequestHeaders.builder(HttpMethod.GET, url);
    if (traceparent != null) {
      headers.add("traceparent", traceparent);
    }
    HttpRequest request = HttpRequest.of(headers.build());
    return client.execute(request).aggregate().join().contentUtf8(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    return client.get(url).aggregate().thenApply(answer -> answer.contentUtf8()).get();
  }
}
