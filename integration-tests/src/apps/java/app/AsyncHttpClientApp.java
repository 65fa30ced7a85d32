package app;

import static org.asynchttpclient.Dsl.asyncHttpClient;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.asynchttpclient.AsyncCompletionHandler;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.BoundRequestBuilder;
import org.asynchttpclient.Response;

/** The async-http-client. */
public final class AsyncHttpClientApp extends Client {
  private final AsyncHttpClient client = asyncHttpClient();

  public static void main(String[] args) throws Exception {
    new AsyncHttpClientApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws ExecutionException, InterruptedException {
    BoundRequestBuilder request = client.prepareGet(url);
    if (traceparent != null) {
      request.setHeader("traceparent", traceparent);
    }
    return request.execute().get().getResponseBody(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    final CompletableFuture<String> body = new CompletableFuture<>();
    client
        .prepareGet(url)
        .execute(
            new AsyncCompletionHandler<Response>() {
              @Override
              public Response onCompleted(Response response) {
                body.complete(response.getResponseBody());
                return response;
              }
            });
    return body.get();
  }
}
