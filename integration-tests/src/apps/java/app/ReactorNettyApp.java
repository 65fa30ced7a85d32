package app;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/** Routes of Reactor Netty's own. */
public final class ReactorNettyApp {
  private ReactorNettyApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    Path folder = Files.createTempDirectory("pages");
    Files.write(folder.resolve("page.txt"), "a page".getBytes());
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> orders(routes).directory("/shop/pages/", folder))
            .bindNow();
    System.out.println("READY " + server.port());
    server.onDispose().block();
  }

  private static HttpServerRoutes orders(HttpServerRoutes routes) {
    return routes
        .get("/shop/orders/{id}", (request, response) -> order(request, response, "id"))
        .get(
            "/shop/orders/{id}/lines/{line}",
            (request, response) -> order(request, response, "line"))
        .post("/shop/orders/{id}", (request, response) -> posted(request, response))
        .get(
            "/shop/orders/{id}/refused",
            (request, response) ->
                Mono.fromCallable(OrderPages::refused)
                    .then()
                    .onErrorResume(error -> response.status(422).send()))
        .get("/shop/orders/{id}/broken", (request, response) -> broken())
        .get(
            "/shop/orders/{id}/later",
            (request, response) ->
                later(response, () -> OrderPages.orderLater(request.param("id"))))
        .get(
            "/shop/orders/{id}/later-broken",
            (request, response) -> failing(OrderPages::brokenLater))
        .get("/shop/orders/{id}/stream", (request, response) -> response.sendString(parts()))
        .get("/shop/orders/{id}/repeated", (request, response) -> repeated(request, response))
        .route(
            request -> new QueryStringDecoder(request.uri()).path().startsWith("/shop/shelves/"),
            (request, response) -> response.sendString(Mono.just("a shelf")));
  }

  private static Publisher<Void> order(
      HttpServerRequest request, HttpServerResponse response, String parameter) {
    String id = request.param(parameter);
    return response.sendString(Mono.fromCallable(() -> OrderPages.order(id)));
  }

  private static Publisher<Void> posted(HttpServerRequest request, HttpServerResponse response) {
    return response.sendString(
        request
            .receive()
            .aggregate()
            .asString()
            .map(text -> unchecked(() -> OrderPages.order(text))));
  }

  /** Thrown by the handler itself. */
  private static Publisher<Void> broken() {
    OrderPages.broken();
    return Mono.empty();
  }

  private static Publisher<Void> later(HttpServerResponse response, Callable<String> text) {
    return response.sendString(Mono.fromFuture(OrderPages.later(text)));
  }

  private static Publisher<Void> failing(Callable<String> text) {
    return Mono.fromFuture(OrderPages.later(text)).then();
  }

  private static Publisher<Void> repeated(HttpServerRequest request, HttpServerResponse response) {
    String id = request.param("id");
    return response.sendString(
        Flux.range(0, 4).map(i -> unchecked(() -> OrderPages.order(id))).last());
  }

  static <T> T unchecked(Callable<T> work) {
    try {
      return work.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Large enough that a client who has gone is noticed. */
  static Flux<String> parts() {
    char[] part = new char[64 * 1024];
    Arrays.fill(part, 'x');
    String text = new String(part);
    return Flux.range(0, 3).delayElements(Duration.ofMillis(50)).map(i -> text);
  }
}
