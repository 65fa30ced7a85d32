package app;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Url;

/** Retrofit, on OkHttp. */
public final class RetrofitApp extends Client {
  /** What Retrofit implements. */
  public interface Remote {
    @GET
    Call<ResponseBody> get(@Url String url, @Header("traceparent") String traceparent);
  }

  private final Remote remote =
      new Retrofit.Builder().baseUrl("http://localhost/").build().create(Remote.class);

  public static void main(String[] args) throws Exception {
    new RetrofitApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws IOException {
    return body(remote.get(url, traceparent).execute()); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    final CompletableFuture<Response<ResponseBody>> response = new CompletableFuture<>();
    remote
        .get(url, null)
        .enqueue(
            new Callback<ResponseBody>() {
              @Override
              public void onResponse(Call<ResponseBody> call, Response<ResponseBody> received) {
                response.complete(received);
              }

              @Override
              public void onFailure(Call<ResponseBody> call, Throwable error) {
                response.completeExceptionally(error);
              }
            });
    return body(response.get());
  }

  private static String body(Response<ResponseBody> response) throws IOException {
    return (response.isSuccessful() ? response.body() : response.errorBody()).string();
  }
}
