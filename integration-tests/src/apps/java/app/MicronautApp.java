package app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Micronaut's controllers below /shop, on its server on Netty. */
public final class MicronautApp {
  private MicronautApp() {}

  public static void main(String[] args) throws Exception {
    OrderPages.create();
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false) // it would ask the network for a cloud
            .properties(
                Map.of(
                    "micronaut.server.host",
                    "127.0.0.1",
                    "micronaut.server.port",
                    -1,
                    "micronaut.server.http-version",
                    args.length > 0 ? args[0] : "1.1"))
            .start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    System.out.println("READY " + server.getPort());
  }

  @Controller(value = "/shop/orders/{id}", produces = MediaType.TEXT_PLAIN)
  static class Orders {
    @Get("{?verbose}")
    String order(String id) throws Exception {
      return OrderPages.order(id);
    }

    @Post(consumes = MediaType.TEXT_PLAIN)
    String changed(String id, @Body String order) throws Exception {
      return OrderPages.order(order);
    }

    @Get("/lines/{line}")
    @ExecuteOn(TaskExecutors.IO)
    String line(String id, String line) throws Exception {
      return OrderPages.order(line);
    }

    @Get("/refused")
    String refused(String id) {
      return OrderPages.refused();
    }

    @Get("/unavailable")
    String unavailable(String id) {
      return OrderPages.unavailable();
    }

    @Get("/broken")
    String broken(String id) {
      return OrderPages.broken();
    }

    @Get("/later")
    CompletableFuture<String> later(String id) {
      return OrderPages.later(() -> OrderPages.orderLater(id));
    }

    @Get("/later-broken")
    CompletableFuture<String> laterBroken(String id) {
      return OrderPages.later(OrderPages::brokenLater);
    }

    @Get("/reactive")
    Mono<String> reactive(String id) {
      return elsewhere(() -> OrderPages.orderLater(id));
    }

    @Get("/reactive-broken")
    Mono<String> reactiveBroken(String id) {
      return elsewhere(OrderPages::brokenLater);
    }

    private static Mono<String> elsewhere(Callable<String> work) {
      return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
    }

    @Get("/repeated")
    Publisher<String> repeated(String id) {
      return Flux.range(0, 4).concatMap(i -> Flux.defer(() -> Flux.just(order())));
    }

    private static String order() {
      try {
        return OrderPages.order("1");
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Get(value = "/stream", produces = MediaType.APPLICATION_OCTET_STREAM)
    Publisher<byte[]> stream(String id) {
      return Flux.range(0, 3).delayElements(Duration.ofMillis(50)).map(i -> new byte[64 * 1024]);
    }

    @Error(exception = UnsupportedOperationException.class)
    HttpResponse<String> unavailable(HttpRequest<?> request, UnsupportedOperationException error) {
      return HttpResponse.<String>status(HttpStatus.SERVICE_UNAVAILABLE).body("refused");
    }
  }

  @Singleton
  static class Refusal implements ExceptionHandler<IllegalArgumentException, HttpResponse<?>> {
    @Override
    public HttpResponse<?> handle(HttpRequest request, IllegalArgumentException error) {
      return HttpResponse.status(HttpStatus.UNPROCESSABLE_ENTITY).body("refused");
    }
  }
}
