package app;

import java.net.URI;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** An interface that Spring sends the requests of, by RestClient. */
public final class HttpInterfaceApp extends Client {
  /** What Spring implements. */
  public interface Remote {
    @GetExchange
    String get(URI url, @RequestHeader(name = "traceparent", required = false) String traceparent);
  }

  private final Remote remote =
      HttpServiceProxyFactory.builderFor(
              RestClientAdapter.create(
                  RestClient.builder()
                      .defaultStatusHandler(status -> true, (request, response) -> {})
                      .build()))
          .build()
          .createClient(Remote.class);

  public static void main(String[] args) throws Exception {
    new HttpInterfaceApp().serve();
  }

  @Override
  String get(String url, String traceparent) {
    return remote.get(URI.create(url), traceparent); // <- get
  }

  @Override
  String getAsync(String url) {
    return remote.get(URI.create(url), null);
  }
}
