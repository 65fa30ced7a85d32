package app;

import java.net.URI;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.DefaultResponseErrorHandler;
import org.springframework.web.client.RestTemplate;

/** Spring's RestTemplate, on HttpURLConnection. */
public final class RestTemplateApp extends Client {
  private final RestTemplate rest = new RestTemplate();

  private RestTemplateApp() {
    rest.setErrorHandler(
        new DefaultResponseErrorHandler() {
          @Override
          public boolean hasError(ClientHttpResponse response) {
            return false;
          }
        });
  }

  public static void main(String[] args) throws Exception {
    new RestTemplateApp().serve();
  }

  @Override
  String get(String url, String traceparent) {
    HttpHeaders headers = new HttpHeaders();
    if (traceparent != null) {
      headers.set("traceparent", traceparent);
    }
    HttpEntity<Void> request = new HttpEntity<>(headers);
    return rest.exchange(URI.create(url), HttpMethod.GET, request, String.class) // <- get
        .getBody();
  }

  @Override
  String getAsync(String url) {
    return rest.getForObject(URI.create(url), String.class);
  }
}
