package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Duration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Spring WebFlux on Reactor Netty. */
public final class WebFluxApp {
  private static final String DATABASE = "jdbc:h2:mem:flux;DB_CLOSE_DELAY=-1";

  /** By a connection that an HTTP/1.1 request upgrades. */
  private static final HttpClient BY_HTTP2 =
      HttpClient.create().protocol(HttpProtocol.H2C, HttpProtocol.HTTP11);

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        Statement alias = connection.createStatement()) {
      alias.execute("CREATE ALIAS PAUSE FOR \"app.WebFluxApp.pause\"");
    }
    AnnotationConfigApplicationContext spring =
        new AnnotationConfigApplicationContext(Config.class, Orders.class);
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(spring).build()))
            .bindNow();
    System.out.println("READY " + server.port());
    server.onDispose().block();
  }

  @Configuration
  @EnableWebFlux
  static class Config {
    @Bean
    RouterFunction<ServerResponse> routes() {
      return RouterFunctions.nest(
          RequestPredicates.path("/functional"),
          RouterFunctions.route(
                  RequestPredicates.GET("/items/{id}"),
                  request -> ServerResponse.ok().bodyValue("item " + request.pathVariable("id")))
              .andRoute(
                  RequestPredicates.GET("/broken/{id}"),
                  request -> {
                    throw new IllegalStateException("CANARY-message");
                  }));
    }
  }

  @RestController
  @RequestMapping("/orders")
  static class Orders {
    @GetMapping("/{id}")
    public Mono<String> order(@PathVariable("id") String id) {
      return Mono.just("order " + id);
    }

    @GetMapping("/{id}/async")
    public Mono<String> async(@PathVariable("id") String id) {
      return Mono.delay(Duration.ofMillis(100)).map(later -> "async " + id + lines(1));
    }

    @GetMapping(value = "/{id}/stream", produces = MediaType.TEXT_PLAIN_VALUE)
    public Flux<String> stream(@PathVariable("id") String id) {
      return Flux.range(0, 5).delayElements(Duration.ofMillis(10)).map(i -> "part " + i + "\n");
    }

    @GetMapping("/{id}/handled")
    public Mono<String> handled(@PathVariable("id") String id) {
      throw new IllegalArgumentException("CANARY-message");
    }

    @GetMapping("/{id}/broken")
    public Mono<String> broken(@PathVariable("id") String id) {
      return Mono.delay(Duration.ofMillis(10))
          .then(Mono.error(new IllegalStateException("CANARY")));
    }

    @GetMapping("/{id}/lines")
    public Mono<String> lines(@PathVariable("id") String id) {
      return Flux.range(0, 12)
          .concatMap(i -> Mono.fromCallable(() -> line(i)).subscribeOn(Schedulers.boundedElastic()))
          .count()
          .map(lines -> id + " has " + lines);
    }

    @GetMapping("/{id}/parallel")
    public Mono<String> parallel(@PathVariable("id") String id) {
      return Flux.range(0, 12)
          .flatMap(i -> Mono.fromCallable(() -> line(i)).subscribeOn(Schedulers.boundedElastic()))
          .count()
          .map(lines -> id + " has " + lines);
    }

    @GetMapping("/{id}/remote")
    public Mono<String> remote(@PathVariable("id") String id, @RequestParam("port") int port) {
      WebClient client = WebClient.create("http://127.0.0.1:" + port);
      return client
          .get()
          .uri("/orders/{id}", id)
          .retrieve()
          .bodyToMono(String.class)
          .map(answer -> answer + lines(1));
    }

    @GetMapping("/{id}/remote-by-http2")
    public Mono<String> remoteByHttp2(
        @PathVariable("id") String id, @RequestParam("port") int port) {
      return BY_HTTP2
          .get()
          .uri("http://127.0.0.1:" + port + "/orders/" + id + "/async")
          .responseContent()
          .aggregate()
          .asString()
          .map(answer -> answer + lines(1));
    }

    @GetMapping("/{id}/remotes")
    public Mono<String> remotes(@PathVariable("id") String id, @RequestParam("port") int port) {
      WebClient client = WebClient.create("http://127.0.0.1:" + port);
      return Flux.range(0, 6)
          .concatMap(i -> client.get().uri("/orders/{id}", i).retrieve().bodyToMono(String.class))
          .count()
          .map(answers -> id + " asked " + answers);
    }

    @ExceptionHandler(IllegalArgumentException.class)
    @ResponseStatus(HttpStatus.UNPROCESSABLE_ENTITY)
    public String handler() {
      return "handled";
    }

    private static String lines(int count) {
      for (int i = 0; i < count; i++) line(i);
      return "";
    }

    private static int line(int number) {
      try (Connection connection = DriverManager.getConnection(DATABASE);
          PreparedStatement line = connection.prepareStatement("SELECT PAUSE(?) AS line")) {
        line.setInt(1, number);
        line.executeQuery().next();
        return number;
      } catch (Exception broken) {
        throw new IllegalStateException(broken);
      }
    }
  }

  /** A query that takes its time, so that others run beside it. */
  public static int pause(int number) throws InterruptedException {
    Thread.sleep(10);
    return number;
  }
}
