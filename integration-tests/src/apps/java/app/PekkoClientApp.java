package app;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** The client of Pekko HTTP. */
public final class PekkoClientApp extends Client {
  private final ActorSystem system = ActorSystem.create("client");
  private final Http client = Http.get(system);

  public static void main(String[] args) throws Exception {
    new PekkoClientApp().serve();
  }

  @Override
  String get(String url, String traceparent) throws Exception {
    HttpRequest request = HttpRequest.create(url);
    if (traceparent != null) {
      request = request.addHeader(RawHeader.create("traceparent", traceparent));
    }
    return body(client.singleRequest(request)); // <- get
  }

  @Override
  String getAsync(String url) throws Exception {
    return body(client.singleRequest(HttpRequest.create(url)));
  }

  private String body(CompletionStage<HttpResponse> response) throws Exception {
    return response
        .thenCompose(answer -> answer.entity().toStrict(10_000, system))
        .thenApply(entity -> entity.getData().utf8String())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }
}
