package app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** JDBC in the operators of Reactor's chains. */
public final class ReactorApp {
  private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";
  private static final String PAYMENT = "SELECT name, PAUSE(4) FROM payment WHERE order_id = ?";

  private final Scheduler workers = Schedulers.boundedElastic();
  private final BlockingQueue<String> asked = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<String> done = new ArrayBlockingQueue<>(1);
  private volatile MonoSink<String> sink;
  private volatile Mono<String> shared;

  private ReactorApp() {}

  public static void main(String[] args) throws Exception {
    Orders.create(ReactorApp::connect, false);
    ReactorApp app = new ReactorApp();
    app.prepare();
    Thread background = new Thread(app::background, "background");
    background.setDaemon(true);
    background.start();
    new Web(48)
        .on("/concat", query -> app.concat())
        .on("/flat", query -> app.flat())
        .on("/wait", query -> app.await())
        .on("/release", query -> app.release())
        .on("/timeout", query -> app.timeout())
        .on("/error", query -> app.error())
        .on("/background", query -> app.askBackground())
        .on("/endless", query -> app.endless())
        .start();
  }

  private String concat() throws Exception {
    return Flux.fromIterable(orders())
            .concatMap(
                order ->
                    Mono.fromCallable(
                        () -> {
                          try (Connection connection = connect();
                              PreparedStatement statement = connection.prepareStatement(PAYMENT)) {
                            statement.setInt(1, order);
                            try (ResultSet rows = statement.executeQuery()) { // <- concat
                              return Orders.count(rows);
                            }
                          }
                        }))
            .reduce(0, Integer::sum)
            .block()
        + " payments";
  }

  private String flat() throws Exception {
    return Flux.fromIterable(orders())
            .flatMap(
                order ->
                    Mono.fromCallable(
                            () -> {
                              try (Connection connection = connect();
                                  PreparedStatement statement =
                                      connection.prepareStatement(PAYMENT)) {
                                statement.setInt(1, order);
                                try (ResultSet rows = statement.executeQuery()) { // <- flat
                                  return Orders.count(rows);
                                }
                              }
                            })
                        .subscribeOn(workers))
            .reduce(0, Integer::sum)
            .block()
        + " payments";
  }

  /** What all that wait share; released, it goes on with the next. */
  private void prepare() {
    shared = Mono.<String>create(waiting -> sink = waiting).cache();
  }

  private String await() {
    return shared
        .map(value -> value + count(1))
        .flatMap(value -> Mono.fromCallable(() -> value + count(2)))
        .block(Duration.ofSeconds(30));
  }

  private String release() {
    MonoSink<String> waiting = sink;
    prepare();
    waiting.success("released ");
    return "released";
  }

  private String timeout() {
    return Mono.fromCallable(() -> count(1))
            .subscribeOn(workers)
            .delayElement(Duration.ofMillis(400))
            .timeout(Duration.ofMillis(40))
            .onErrorResume(late -> Mono.fromCallable(() -> 10 * count(3)))
            .block()
        + " of another";
  }

  private String error() {
    return Flux.range(1, 5)
            .publishOn(Schedulers.parallel())
            .concatMap(
                i -> i == 3 ? Mono.<Integer>error(new IllegalStateException()) : Mono.just(i))
            .map(i -> count(i))
            .onErrorResume(error -> Mono.fromCallable(() -> count(20)))
            .reduce(0, Integer::sum)
            .block()
        + " payments";
  }

  /** Chains that no request has subscribed to, on threads that requests have used before. */
  private void background() {
    try {
      while (true) {
        asked.take();
        List<Integer> counts =
            Flux.range(1, 20)
                .flatMap(i -> Mono.fromCallable(() -> count(i)).subscribeOn(workers))
                .publishOn(Schedulers.parallel())
                .map(count -> count + count(1))
                .collectList()
                .block();
        done.put(counts.equals(Collections.nCopies(20, 2)) + " counts");
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private String askBackground() throws Exception {
    asked.put("now");
    return done.take();
  }

  /** Goes on when the request has long been answered. */
  private String endless() {
    Flux.interval(Duration.ofMillis(20)).take(100).subscribe(i -> count(7));
    return "begun";
  }

  private static int count(int order) {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      statement.setInt(1, order);
      try (ResultSet rows = statement.executeQuery()) {
        return Orders.count(rows);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> orders() throws Exception {
    try (Connection connection = connect()) {
      return Orders.of(connection, 1);
    }
  }

  private static Connection connect() throws Exception {
    return DriverManager.getConnection(URL, "sa", "");
  }
}
