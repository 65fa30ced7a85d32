package app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.async.annotation.SingleResult;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.annotation.Client;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.Map;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Micronaut's own client, asking the server that it is in, in each of its ways. */
public final class MicronautClientApp {
  private MicronautClientApp() {}

  public static void main(String[] args) throws Exception {
    ApplicationContext context =
        ApplicationContext.builder()
            .deduceEnvironment(false) // it would ask the network for a cloud
            .properties(Map.of("micronaut.server.host", "127.0.0.1", "micronaut.server.port", -1))
            .start();
    EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
    System.out.println("READY " + server.getPort());
  }

  @Client("/target")
  @Consumes(MediaType.TEXT_PLAIN)
  interface Target {
    @Get("/{id}")
    String now(String id);

    @Get("/{id}")
    @SingleResult
    Publisher<String> later(String id);
  }

  @Controller(value = "/client", produces = MediaType.TEXT_PLAIN)
  static class Asking {
    private final HttpClient client;
    private final Target target;

    Asking(@Client("/") HttpClient client, Target target) {
      this.client = client;
      this.target = target;
    }

    @Get("/blocking/{id}")
    @ExecuteOn(TaskExecutors.IO)
    String blocking(String id) {
      return client.toBlocking().retrieve(HttpRequest.GET("/target/" + id));
    }

    @Get("/reactive/{id}")
    Publisher<String> reactive(String id) {
      return client.retrieve(HttpRequest.GET("/target/" + id));
    }

    @Get("/exchanged/{id}")
    Publisher<String> exchanged(String id) {
      return Flux.from(client.exchange(HttpRequest.GET("/target/" + id), String.class))
          .map(HttpResponse::body);
    }

    @Get("/declared/{id}")
    @ExecuteOn(TaskExecutors.IO)
    String declared(String id) {
      return target.now(id);
    }

    @Get("/declared-reactive/{id}")
    Publisher<String> declaredReactive(String id) {
      return target.later(id);
    }

    @Get("/redirected/{id}")
    @ExecuteOn(TaskExecutors.IO)
    String redirected(String id) {
      return client.toBlocking().retrieve(HttpRequest.GET("/target/moved/" + id));
    }

    @Get("/basket/{id}")
    @ExecuteOn(TaskExecutors.IO)
    String basket(String id) {
      int known = 0;
      for (int article = 100; article < 112; article++) {
        known += target.now("" + article).isEmpty() ? 0 : 1; // <- basket
      }
      return known + " articles";
    }

    @Get("/reactive-basket/{id}")
    Publisher<String> reactiveBasket(String id) {
      return Flux.range(100, 12)
          .concatMap(
              article -> client.retrieve(HttpRequest.GET("/target/" + article))) // <- in a chain
          .count()
          .map(known -> known + " articles");
    }
  }

  @Controller(value = "/target", produces = MediaType.TEXT_PLAIN)
  static class Called {
    @Get("/{id}")
    String target(String id, @Header(value = "traceparent", defaultValue = "none") String trace) {
      return trace;
    }

    @Get("/moved/{id}")
    HttpResponse<String> moved(String id) {
      return HttpResponse.<String>redirect(URI.create("/target/" + id));
    }
  }
}
