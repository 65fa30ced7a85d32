package app;

import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Functional routes of Spring WebFlux that Reactor Netty serves by themselves. */
public final class WebFluxRoutesApp {
  private WebFluxRoutesApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes())))
            .bindNow();
    System.out.println("READY " + server.port());
    server.onDispose().block();
  }

  private static RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .path(
            "/shop/orders/{id}",
            orders ->
                orders
                    .GET("", request -> text(() -> OrderPages.order(id(request))))
                    .GET(
                        "/lines/{line}",
                        request -> text(() -> OrderPages.order(request.pathVariable("line"))))
                    .GET("/refused", request -> text(OrderPages::refused))
                    .GET("/unavailable", request -> text(OrderPages::unavailable))
                    .GET("/broken", request -> broken())
                    .GET("/later", request -> later(() -> OrderPages.orderLater(id(request))))
                    .GET("/later-broken", request -> later(OrderPages::brokenLater))
                    .GET("/stream", request -> stream())
                    .GET("/repeated", request -> text(() -> repeated(id(request)))))
        .onError(
            IllegalArgumentException.class,
            (error, request) -> answer(HttpStatus.UNPROCESSABLE_ENTITY))
        .onError(
            error -> error instanceof UnsupportedOperationException,
            (error, request) -> answer(HttpStatus.SERVICE_UNAVAILABLE))
        .build();
  }

  private static String id(ServerRequest request) {
    return request.pathVariable("id");
  }

  private static Mono<ServerResponse> text(Callable<String> text) {
    return Mono.fromCallable(text).flatMap(ServerResponse.ok()::bodyValue);
  }

  /** Thrown by the handler itself. */
  private static Mono<ServerResponse> broken() {
    OrderPages.broken();
    return Mono.empty();
  }

  private static Mono<ServerResponse> later(Callable<String> text) {
    return Mono.fromFuture(OrderPages.later(text)).flatMap(ServerResponse.ok()::bodyValue);
  }

  private static Mono<ServerResponse> answer(HttpStatus status) {
    return ServerResponse.status(status).bodyValue("answered");
  }

  private static Mono<ServerResponse> stream() {
    Flux<String> parts = ReactorNettyApp.parts();
    return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body(parts, String.class);
  }

  private static String repeated(String id) throws Exception {
    for (int i = 0; i < 3; i++) OrderPages.order(id);
    return OrderPages.order(id);
  }
}
