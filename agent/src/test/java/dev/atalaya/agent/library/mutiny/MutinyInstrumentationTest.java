package dev.atalaya.agent.library.mutiny;

import static dev.atalaya.agent.library.reactivestreams.Chains.NONE;
import static dev.atalaya.agent.library.reactivestreams.Chains.onForeignThread;
import static dev.atalaya.agent.library.reactivestreams.Chains.trace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.CompletableFutureInstrumentation;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.executors.ForkJoinInstrumentation;
import dev.atalaya.agent.library.reactivestreams.Chains;
import dev.atalaya.agent.library.reactivestreams.Chains.Waiting;
import dev.atalaya.agent.library.reactivestreams.ReactiveStreamsInstrumentation;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MutinyInstrumentationTest {
  private final Woven woven =
      Woven.with(
          new ReactiveStreamsInstrumentation(),
          new MutinyInstrumentation(),
          new ExecutorInstrumentation(),
          new ForkJoinInstrumentation(),
          new CompletableFutureInstrumentation());
  private final Chains chains = new Chains(woven);

  @AfterEach
  void close() {
    chains.close();
  }

  @Test
  void an_answer_that_many_wait_for_goes_on_in_each_of_their_requests() {
    List<UniEmitter<? super String>> emitters = new ArrayList<>();
    List<MultiEmitter<? super String>> flowing = new ArrayList<>();
    Uni<String> uni = Uni.createFrom().emitter(emitters::add);
    Multi<String> multi = Multi.createFrom().emitter(flowing::add);
    CompletableFuture<String> future = new CompletableFuture<>();
    BroadcastProcessor<String> processor = BroadcastProcessor.create();
    List<Uni<String>> shared =
        List.of(
            uni.memoize().indefinitely(),
            uni.memoize().atLeast(Duration.ofMinutes(1)),
            multi.cache().toUni(),
            multi.broadcast().toAllSubscribers().toUni(),
            multi.broadcast().toAtLeast(1).toUni(),
            Multi.createBy().replaying().ofMulti(multi).toUni(),
            Uni.createFrom().completionStage(future),
            processor.toUni());
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (Uni<String> each : shared) waiting.add(waiting(each.map(value -> value)));
    }
    Call other = woven.request();
    String otherTrace = trace();
    for (UniEmitter<? super String> emitter : emitters) emitter.complete("value");
    for (MultiEmitter<? super String> emitter : flowing) emitter.emit("value");
    future.complete("value");
    processor.onNext("value");
    assertEquals(otherTrace, trace());
    other.end(null);
    for (Waiting each : waiting) each.assertAllInItsRequest();
  }

  @Test
  void what_a_foreign_thread_sends_is_the_requests_and_nothing_stays_there() throws Exception {
    List<UniEmitter<? super String>> emitters = new ArrayList<>();
    List<MultiEmitter<? super String>> flowing = new ArrayList<>();
    Uni<String> uni = Uni.createFrom().emitter(emitters::add);
    Multi<String> multi = Multi.createFrom().emitter(flowing::add);
    List<Waiting> waiting =
        List.of(
            waiting(uni.map(value -> value).chain(value -> item())),
            waiting(
                multi
                    .map(value -> value)
                    .select()
                    .where(value -> true)
                    .onItem()
                    .transformToUniAndConcatenate(value -> item())
                    .collect()
                    .last()),
            waiting(multi.onItem().transformToUniAndMerge(value -> item()).toUni()));
    String left =
        onForeignThread(
            () -> {
              emitters.get(0).complete("a");
              for (MultiEmitter<? super String> emitter : flowing) {
                emitter.emit("a");
                emitter.emit("b");
                emitter.complete();
              }
            });
    assertEquals(NONE, left);
    for (Waiting each : waiting) each.assertAllInItsRequest();
  }

  @Test
  void an_error_and_what_follows_it_are_the_requests() throws Exception {
    List<UniEmitter<? super String>> emitters = new ArrayList<>();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Waiting waiting =
        waiting(
            Uni.createFrom()
                .<String>emitter(emitters::add)
                .onFailure()
                .invoke(error -> seen.add(trace()))
                .onFailure()
                .recoverWithUni(error -> item())
                .onTermination()
                .invoke(() -> seen.add(trace())));
    assertEquals(NONE, onForeignThread(() -> emitters.get(0).fail(new Exception())));
    waiting.assertAllInItsRequest();
    assertEquals(List.of(waiting.trace, waiting.trace), seen);
  }

  @Test
  void an_operator_that_subscribes_again_stays_in_its_request() throws Exception {
    List<UniEmitter<? super String>> emitters = new ArrayList<>();
    List<String> subscribed = new ArrayList<>();
    Waiting waiting =
        waiting(
            Uni.createFrom()
                .<String>emitter(
                    emitter -> {
                      subscribed.add(trace());
                      emitters.add(emitter);
                    })
                .onFailure()
                .retry()
                .atMost(1)
                .repeat()
                .atMost(2)
                .collect()
                .last());
    assertEquals(NONE, onForeignThread(() -> emitters.get(0).fail(new Exception())));
    assertEquals(NONE, onForeignThread(() -> emitters.get(1).complete("a")));
    assertEquals(NONE, onForeignThread(() -> emitters.get(2).complete("b")));
    waiting.assertAllInItsRequest();
    assertEquals(Collections.nCopies(3, waiting.trace), subscribed);
  }

  @Test
  void parallel_inner_chains_are_the_requests_and_workers_keep_nothing() throws Exception {
    woven.inRequest(
        () -> {
          String trace = trace();
          List<String> seen =
              Multi.createFrom()
                  .range(0, 40)
                  .onItem()
                  .transformToUniAndMerge(i -> onWorker())
                  .emitOn(Infrastructure.getDefaultWorkerPool())
                  .map(inner -> inner + trace())
                  .onItem()
                  .call(
                      i -> Uni.createFrom().nullItem().onItem().delayIt().by(Duration.ofMillis(1)))
                  .map(both -> both + trace())
                  .collect()
                  .asList()
                  .await()
                  .indefinitely();
          assertEquals(Collections.nCopies(40, trace + trace + trace), seen);
          return null;
        });
    for (int i = 0; i < 40; i++) assertEquals(NONE, onWorker().await().indefinitely());
  }

  @Test
  void what_an_operators_timer_lets_through_is_the_requests() throws Exception {
    Duration some = Duration.ofMillis(5);
    woven.inRequest(
        () -> {
          List<String> seen = Collections.synchronizedList(new ArrayList<>());
          Multi<Long> ticks = Multi.createFrom().ticks().every(Duration.ofMillis(1));
          List<Uni<?>> timed =
              List.of(
                  ticks.toUni(),
                  ticks.group().intoLists().every(some).toUni(),
                  ticks.group().intoLists().of(100, some).toUni(),
                  ticks.group().intoMultis().every(some).skip().first().toUni(),
                  Uni.createFrom().nothing().ifNoItem().after(some).recoverWithItem(1));
          for (Uni<?> each : timed) {
            each.invoke(value -> seen.add(trace())).await().indefinitely();
          }
          assertEquals(Collections.nCopies(timed.size(), trace()), seen);
          return null;
        });
  }

  @Test
  void signals_after_the_end_of_their_request_are_nobodys() {
    BroadcastProcessor<String> many = BroadcastProcessor.create();
    chains.assertNobodysAfterTheEnd(
        look -> many.map(value -> value).subscribe().with(look)::cancel,
        () -> many.onNext("value"));
  }

  @Test
  void a_chain_that_is_over_keeps_nothing_of_its_request() throws Exception {
    KeptUni answered = new KeptUni();
    KeptUni failed = new KeptUni();
    KeptUni waiting = new KeptUni();
    KeptMulti completed = new KeptMulti();
    KeptMulti cut = new KeptMulti();
    KeptMulti endless = new KeptMulti();
    woven.inRequest(
        () -> {
          Uni.createFrom().item(1).subscribe().withSubscriber(answered);
          Uni.createFrom().failure(new Exception()).subscribe().withSubscriber(failed);
          Uni.createFrom().nothing().subscribe().withSubscriber(waiting);
          Multi.createFrom().items(1, 2).subscribe().withSubscriber(completed);
          Multi.createFrom().failure(new Exception()).subscribe().withSubscriber(cut);
          Multi.createFrom().nothing().subscribe().withSubscriber(endless);
          return null;
        });
    for (Object over : new Object[] {answered, failed, completed, cut}) {
      assertNull(States.get(over));
    }
    assertNotNull(States.get(waiting));
    assertNotNull(States.get(endless));
  }

  @Test
  void only_the_subscriber_behind_a_source_is_marked() throws Exception {
    KeptUni behindOperator = new KeptUni();
    KeptMulti behindOperators = new KeptMulti();
    woven.inRequest(
        () -> {
          Uni.createFrom().nothing().map(value -> 1).subscribe().withSubscriber(behindOperator);
          Multi.createFrom().nothing().map(value -> 1).subscribe().withSubscriber(behindOperators);
          return null;
        });
    assertNull(States.get(behindOperator));
    assertNull(States.get(behindOperators));
  }

  @Test
  void chains_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              List<Integer> all =
                  Multi.createFrom()
                      .range(0, 3)
                      .onItem()
                      .transformToUniAndConcatenate(i -> Uni.createFrom().item(i))
                      .collect()
                      .asList()
                      .await()
                      .indefinitely();
              assertEquals(List.of(0, 1, 2), all);
              return null;
            });
    assertTrue(thrown > 0);
  }

  private static Uni<String> item() {
    return Uni.createFrom().item(Chains::trace);
  }

  private static Uni<String> onWorker() {
    return item().runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private Waiting waiting(Uni<String> source) {
    return chains.waiting(
        waiting ->
            source
                .invoke(value -> waiting.look())
                .chain(value -> item())
                .subscribe()
                .with(waiting::answered));
  }

  private static final class KeptUni implements UniSubscriber<Object> {
    @Override
    public void onSubscribe(UniSubscription subscription) {}

    @Override
    public void onItem(Object item) {}

    @Override
    public void onFailure(Throwable failure) {}
  }

  private static final class KeptMulti implements MultiSubscriber<Object> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(9);
    }

    @Override
    public void onItem(Object item) {}

    @Override
    public void onFailure(Throwable failure) {}

    @Override
    public void onCompletion() {}
  }
}
