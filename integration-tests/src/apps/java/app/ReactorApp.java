package app;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** JDBC in the operators of Reactor's chains. */
final class ReactorApp extends ChainsApp {
  private final Scheduler workers = Schedulers.boundedElastic();
  private volatile MonoSink<String> sink;
  private volatile Mono<String> shared;

  public static void main(String[] args) throws Exception {
    new ReactorApp().start();
  }

  @Override
  int concat() throws Exception {
    return Flux.fromIterable(orders())
        .concatMap(
            order ->
                Mono.fromCallable(
                    () -> {
                      return payment(
                          order, payment -> Orders.count(payment.executeQuery())); // <- concat
                    }))
        .reduce(0, Integer::sum)
        .block();
  }

  @Override
  int flat() throws Exception {
    return Flux.fromIterable(orders())
        .flatMap(
            order ->
                Mono.fromCallable(
                        () -> {
                          return payment(
                              order, payment -> Orders.count(payment.executeQuery())); // <- flat
                        })
                    .subscribeOn(workers))
        .reduce(0, Integer::sum)
        .block();
  }

  @Override
  void prepare() {
    shared = Mono.<String>create(waiting -> sink = waiting).cache();
  }

  @Override
  String await() {
    return shared
        .map(value -> value + count(1))
        .flatMap(value -> Mono.fromCallable(() -> value + count(2)))
        .block(Duration.ofSeconds(30));
  }

  @Override
  String release() {
    MonoSink<String> waiting = sink;
    prepare();
    waiting.success("released ");
    return "released";
  }

  @Override
  int timeout() {
    return Mono.fromCallable(() -> count(1))
        .subscribeOn(workers)
        .delayElement(Duration.ofSeconds(4))
        .timeout(Duration.ofMillis(400))
        .onErrorResume(late -> Mono.fromCallable(() -> 10 * count(3)))
        .block();
  }

  @Override
  int error() {
    return Flux.range(1, 5)
        .publishOn(Schedulers.parallel())
        .concatMap(i -> i == 3 ? Mono.<Integer>error(new IllegalStateException()) : Mono.just(i))
        .map(i -> count(i))
        .onErrorResume(error -> Mono.fromCallable(() -> count(20)))
        .reduce(0, Integer::sum)
        .block();
  }

  @Override
  int counts() {
    return Flux.range(1, 20)
        .flatMap(i -> Mono.fromCallable(() -> count(i)).subscribeOn(workers))
        .publishOn(Schedulers.parallel())
        .map(count -> count + count(1))
        .reduce(0, Integer::sum)
        .block();
  }

  @Override
  String endless() {
    Flux.interval(Duration.ofMillis(20)).take(100).subscribe(i -> count(7));
    return "begun";
  }
}
