package app;

import feign.Feign;
import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import feign.Retryer;
import feign.Target;
import feign.Util;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Map;

/** Feign, on HttpURLConnection. */
public final class FeignApp extends Client {
  /** What Feign implements. */
  public interface Remote {
    @RequestLine("GET")
    Response get(URI url, @HeaderMap Map<String, Object> headers);
  }

  private final Remote remote =
      Feign.builder()
          .retryer(Retryer.NEVER_RETRY)
          .target(Target.EmptyTarget.create(Remote.class, "remote"));

  public static void main(String[] args) throws Exception {
    new FeignApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws IOException {
    Map<String, Object> headers =
        traceparent == null
            ? Collections.<String, Object>emptyMap()
            : Collections.<String, Object>singletonMap("traceparent", traceparent);
    Response response = remote.get(URI.create(url), headers); // <- get
    return response.body() == null ? "" : Util.toString(response.body().asReader(Util.UTF_8));
  }

  @Override
  String getAsync(String url) throws IOException {
    return get(url, null);
  }
}
