package bench.loops;

import bench.Control;
import bench.Items;
import bench.Measured;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Spring WebFlux on Reactor Netty: {@code /empty} is answered on its event loop, {@code /jdbc/N}
 * makes as many JDBC calls on a thread that may wait.
 *
 * <p>Argument: the port on which the benchmark waits for {@link Control} to connect.
 */
public final class WebFlux {
  private WebFlux() {}

  public static void main(String[] args) throws Exception {
    AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Application.class);
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(
                new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.applicationContext(context).build()))
            .bindNow();
    Control.connect(Integer.parseInt(args[0]), server.port(), new Measured());
  }

  @Configuration
  @EnableWebFlux
  static class Application {
    @Bean
    Pages pages() throws SQLException {
      return new Pages();
    }
  }

  @RestController
  static class Pages {
    private final Items items = new Items();
    private final AtomicInteger next = new AtomicInteger();

    Pages() throws SQLException {}

    @GetMapping("/empty")
    Mono<String> empty() {
      return Mono.just("ok");
    }

    @GetMapping("/jdbc/{calls}")
    Mono<String> jdbc(@PathVariable("calls") int calls) {
      return Mono.fromCallable(() -> items.read(calls, next.getAndAdd(calls)))
          .subscribeOn(Schedulers.boundedElastic());
    }
  }
}
