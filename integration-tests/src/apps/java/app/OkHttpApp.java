package app;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp. */
public final class OkHttpApp extends Client {
  private final OkHttpClient client = new OkHttpClient();

  public static void main(String[] args) throws Exception {
    new OkHttpApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    Request.Builder request = new Request.Builder().url(url);
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return client.newCall(request.build()).execute().body().string(); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    final CompletableFuture<String> body = new CompletableFuture<>();
    client
        .newCall(new Request.Builder().url(url).build())
        .enqueue(
            new Callback() {
              @Override
              public void onFailure(Call call, IOException e) {
                body.completeExceptionally(e);
              }

              @Override
              public void onResponse(Call call, Response response) throws IOException {
                body.complete(response.body().string());
              }
            });
    return body.get();
  }
}
