package app;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** JDBC in the operators of Mutiny's chains. */
final class MutinyApp extends ChainsApp {
  private final Executor workers = Infrastructure.getDefaultWorkerPool();
  private volatile UniEmitter<? super String> emitter;
  private volatile Uni<String> shared;
  private volatile Cancellable stream;

  public static void main(String[] args) throws Exception {
    new MutinyApp().start();
  }

  @Override
  int concat() throws Exception {
    return sum(
        Multi.createFrom()
            .iterable(orders())
            .onItem()
            .transformToUniAndConcatenate(
                order ->
                    Uni.createFrom()
                        .item(
                            () ->
                                paid(
                                    order,
                                    payment ->
                                        Orders.count(payment.executeQuery()))))); // <- concat
  }

  @Override
  int flat() throws Exception {
    return sum(
        Multi.createFrom()
            .iterable(orders())
            .onItem()
            .transformToUniAndMerge(
                order ->
                    Uni.createFrom()
                        .item(
                            () ->
                                paid(
                                    order,
                                    payment -> Orders.count(payment.executeQuery()))) // <- flat
                        .runSubscriptionOn(workers)));
  }

  @Override
  void prepare() {
    shared =
        Uni.createFrom().<String>emitter(waiting -> emitter = waiting).memoize().indefinitely();
  }

  @Override
  String await() {
    return shared
        .map(value -> value + count(1))
        .chain(value -> Uni.createFrom().item(() -> value + count(2)))
        .await()
        .atMost(Duration.ofSeconds(30));
  }

  @Override
  String release() {
    UniEmitter<? super String> waiting = emitter;
    prepare();
    waiting.complete("released ");
    return "released";
  }

  @Override
  int timeout() {
    return Uni.createFrom()
        .item(() -> count(1))
        .runSubscriptionOn(workers)
        .onItem()
        .delayIt()
        .by(Duration.ofSeconds(4))
        .ifNoItem()
        .after(Duration.ofMillis(400))
        .recoverWithUni(() -> Uni.createFrom().item(() -> 10 * count(3)))
        .await()
        .indefinitely();
  }

  @Override
  int error() {
    return sum(
        Multi.createFrom()
            .range(1, 6)
            .emitOn(workers)
            .onItem()
            .transformToUniAndConcatenate(
                i ->
                    i == 3
                        ? Uni.createFrom().<Integer>failure(new IllegalStateException())
                        : Uni.createFrom().item(i))
            .map(i -> count(i))
            .onFailure()
            .recoverWithItem(() -> count(20)));
  }

  @Override
  int counts() {
    return sum(
        Multi.createFrom()
            .range(1, 21)
            .onItem()
            .transformToUniAndMerge(
                i -> Uni.createFrom().item(() -> count(i)).runSubscriptionOn(workers))
            .emitOn(workers)
            .map(count -> count + count(1)));
  }

  @Override
  String endless() {
    stream =
        Multi.createFrom()
            .ticks()
            .every(Duration.ofMillis(20))
            .select()
            .first(100)
            .subscribe()
            .with(i -> count(7));
    return "begun";
  }

  private static int sum(Multi<Integer> numbers) {
    return numbers
        .collect()
        .in(AtomicInteger::new, AtomicInteger::addAndGet)
        .await()
        .indefinitely()
        .get();
  }

  private static int paid(int order, Read read) {
    try {
      return payment(order, read);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
