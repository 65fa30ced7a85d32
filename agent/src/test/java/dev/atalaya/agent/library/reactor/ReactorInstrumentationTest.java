package dev.atalaya.agent.library.reactor;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Fuseable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class ReactorInstrumentationTest {
  private final Woven woven =
      Woven.with(
          new ReactiveStreamsInstrumentation(),
          new ReactorInstrumentation(),
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
    List<MonoSink<String>> sinks = new ArrayList<>();
    Sinks.One<String> one = Sinks.one();
    Sinks.Many<String> many = Sinks.many().multicast().onBackpressureBuffer();
    CompletableFuture<String> future = new CompletableFuture<>();
    List<Mono<String>> shared =
        List.of(
            Mono.<String>create(sinks::add).cache(),
            Mono.<String>create(sinks::add).share(),
            Mono.<String>create(sinks::add).cache(Duration.ofMinutes(1)),
            Mono.<String>create(sinks::add).cacheInvalidateIf(value -> false),
            Mono.<String>create(sinks::add).flux().publish().refCount().next(),
            Mono.<String>create(sinks::add).flux().replay().refCount().next(),
            Mono.<String>create(sinks::add).flux().cache().next(),
            Mono.fromFuture(future, true),
            one.asMono(),
            many.asFlux().next());
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (Mono<String> each : shared) waiting.add(waiting(each));
    }
    Call other = woven.request();
    String otherTrace = trace();
    for (MonoSink<String> sink : sinks) sink.success("value");
    one.tryEmitValue("value");
    many.tryEmitNext("value");
    future.complete("value");
    assertEquals(otherTrace, trace());
    other.end(null);
    for (Waiting each : waiting) each.assertAllInItsRequest();
  }

  @Test
  void what_a_foreign_thread_sends_is_the_requests_and_nothing_stays_there() throws Exception {
    List<FluxSink<String>> sinks = new ArrayList<>();
    Waiting waiting =
        waiting(
            Flux.<String>create(sinks::add)
                .map(value -> value + trace())
                .filter(value -> true)
                .concatMap(value -> Mono.fromCallable(Chains::trace))
                .last());
    String left =
        onForeignThread(
            () -> {
              sinks.get(0).next("a");
              sinks.get(0).next("b");
              sinks.get(0).complete();
            });
    assertEquals(NONE, left);
    waiting.assertAllInItsRequest();
  }

  @Test
  void an_error_and_what_follows_it_are_the_requests() throws Exception {
    List<MonoSink<String>> sinks = new ArrayList<>();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Waiting waiting =
        waiting(
            Mono.<String>create(sinks::add)
                .doOnError(error -> seen.add(trace()))
                .onErrorResume(error -> Mono.fromCallable(Chains::trace))
                .doFinally(how -> seen.add(trace())));
    assertEquals(NONE, onForeignThread(() -> sinks.get(0).error(new IllegalStateException())));
    waiting.assertAllInItsRequest();
    assertEquals(List.of(waiting.trace, waiting.trace), seen);
  }

  @Test
  void an_operator_that_subscribes_again_stays_in_its_request() throws Exception {
    List<MonoSink<String>> sinks = new ArrayList<>();
    List<String> subscribed = new ArrayList<>();
    Waiting waiting =
        waiting(
            Mono.<String>create(
                    sink -> {
                      subscribed.add(trace());
                      sinks.add(sink);
                    })
                .repeat(1)
                .retry(1)
                .last());
    assertEquals(NONE, onForeignThread(() -> sinks.get(0).success("a")));
    assertEquals(NONE, onForeignThread(() -> sinks.get(1).error(new IllegalStateException())));
    assertEquals(NONE, onForeignThread(() -> sinks.get(2).success("b")));
    assertEquals(NONE, onForeignThread(() -> sinks.get(3).success("c")));
    waiting.assertAllInItsRequest();
    assertEquals(Collections.nCopies(4, waiting.trace), subscribed);
  }

  @Test
  void parallel_inner_chains_are_the_requests_on_every_scheduler() throws Exception {
    woven.inRequest(
        () -> {
          String trace = trace();
          List<String> seen =
              Flux.range(0, 40)
                  .flatMap(
                      i ->
                          Mono.fromCallable(Chains::trace).subscribeOn(Schedulers.boundedElastic()))
                  .publishOn(Schedulers.parallel())
                  .map(inner -> inner + trace())
                  .delayElements(Duration.ofNanos(1))
                  .map(both -> both + trace())
                  .collectList()
                  .block();
          assertEquals(Collections.nCopies(40, trace + trace + trace), seen);
          assertEquals(
              Collections.nCopies(9, trace),
              Flux.range(0, 9)
                  .parallel(3)
                  .runOn(Schedulers.parallel())
                  .map(i -> trace())
                  .sequential()
                  .collectList()
                  .block());
          return null;
        });
    for (int i = 0; i < 40; i++) {
      assertEquals(
          NONE,
          Mono.fromCallable(Chains::trace)
              .subscribeOn(Schedulers.boundedElastic())
              .publishOn(Schedulers.parallel())
              .map(worker -> worker.equals(trace()) ? worker : "some")
              .block());
    }
  }

  @Test
  void signals_after_the_end_of_their_request_are_nobodys() {
    Sinks.Many<String> many = Sinks.many().multicast().directBestEffort();
    chains.assertNobodysAfterTheEnd(
        look -> many.asFlux().map(value -> value).subscribe(look)::dispose,
        () -> many.tryEmitNext("value"));
  }

  @Test
  void a_signal_in_the_middle_of_anothers_call_records_its_own() throws Exception {
    Sinks.One<String> one = Sinks.one();
    Waiting waiting =
        waiting(
            one.asMono()
                .map(
                    value -> {
                      Call call = woven.tracer().request("GET", "http://localhost/inner");
                      assertNotNull(call);
                      call.end(null);
                      return value;
                    }));
    Call other = woven.request();
    Call call = woven.tracer().request("GET", "http://localhost/outer");
    one.tryEmitValue("value");
    assertNull(woven.tracer().request("GET", "http://localhost/still-inside"));
    call.end(null);
    other.end(null);
    waiting.assertAllInItsRequest();
    chains.endRequests();
    assertEquals(2, woven.clientSpans(2).size());
    assertEquals(waiting.trace, woven.clientSpans().get(1).request().traceId());
  }

  @Test
  void a_chain_that_is_over_keeps_nothing_of_its_request() throws Exception {
    List<Function<Kept, Disposable>> ends =
        List.of(
            kept -> Flux.range(0, 3).subscribeWith(kept),
            kept -> Flux.error(new IllegalStateException()).subscribeWith(kept),
            kept -> {
              Flux.never().subscribe(kept);
              assertNotNull(States.get(kept));
              kept.cancel();
              return kept;
            });
    for (Function<Kept, Disposable> end : ends) {
      Kept kept = new Kept();
      woven.inRequest(() -> end.apply(kept));
      assertNull(States.get(kept));
    }
  }

  @Test
  void operators_fuse_as_without_the_agent() throws Exception {
    int[] mode = new int[1];
    woven.inRequest(
        () ->
            Flux.range(0, 3)
                .map(i -> i)
                .filter(i -> true)
                .subscribeWith(
                    new BaseSubscriber<Integer>() {
                      @Override
                      protected void hookOnSubscribe(Subscription subscription) {
                        mode[0] =
                            ((Fuseable.QueueSubscription<?>) subscription)
                                .requestFusion(Fuseable.SYNC);
                      }
                    }));
    assertEquals(Fuseable.SYNC, mode[0]);
  }

  @Test
  void chains_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertEquals(6, Flux.range(0, 4).flatMap(Mono::just).reduce(Integer::sum).block());
              return null;
            });
    assertTrue(thrown > 0);
  }

  private Waiting waiting(Mono<String> source) {
    return chains.waiting(
        waiting ->
            source
                .doOnNext(value -> waiting.look())
                .flatMap(value -> Mono.fromCallable(Chains::trace))
                .subscribe(waiting::answered));
  }

  private static final class Kept extends BaseSubscriber<Object> {
    @Override
    protected void hookOnError(Throwable error) {}
  }
}
