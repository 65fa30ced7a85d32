package dev.atalaya.agent.library.rxjava;

import static dev.atalaya.agent.library.reactivestreams.Chains.NONE;
import static dev.atalaya.agent.library.reactivestreams.Chains.onForeignThread;
import static dev.atalaya.agent.library.reactivestreams.Chains.trace;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.reactivestreams.Chains;
import dev.atalaya.agent.library.reactivestreams.Chains.Waiting;
import dev.atalaya.agent.library.reactivestreams.ReactiveStreamsInstrumentation;
import dev.atalaya.agent.trace.States;
import dev.atalaya.bridge.Call;
import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableEmitter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.FlowableEmitter;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.ObservableEmitter;
import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.observers.DisposableMaybeObserver;
import io.reactivex.rxjava3.observers.DisposableObserver;
import io.reactivex.rxjava3.observers.DisposableSingleObserver;
import io.reactivex.rxjava3.observers.TestObserver;
import io.reactivex.rxjava3.operators.QueueDisposable;
import io.reactivex.rxjava3.operators.QueueFuseable;
import io.reactivex.rxjava3.processors.PublishProcessor;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.BehaviorSubject;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subjects.MaybeSubject;
import io.reactivex.rxjava3.subjects.PublishSubject;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.reactivex.rxjava3.subscribers.DisposableSubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RxJavaInstrumentationTest {
  private final Woven woven =
      Woven.with(
          new ReactiveStreamsInstrumentation(),
          new RxJavaInstrumentation(),
          new ExecutorInstrumentation());
  private final Chains chains = new Chains(woven);

  @AfterEach
  void close() {
    chains.close();
  }

  @Test
  void an_answer_that_many_wait_for_goes_on_in_each_of_their_requests() {
    List<ObservableEmitter<String>> emitters = new ArrayList<>();
    List<FlowableEmitter<String>> flowing = new ArrayList<>();
    List<SingleEmitter<String>> single = new ArrayList<>();
    List<MaybeEmitter<String>> maybe = new ArrayList<>();
    List<CompletableEmitter> completable = new ArrayList<>();
    Observable<String> observable = Observable.create(emitters::add);
    Flowable<String> flowable = Flowable.create(flowing::add, BackpressureStrategy.BUFFER);
    CompletableFuture<String> future = new CompletableFuture<>();
    PublishSubject<String> subject = PublishSubject.create();
    BehaviorSubject<String> behavior = BehaviorSubject.create();
    PublishProcessor<String> processor = PublishProcessor.create();
    SingleSubject<String> one = SingleSubject.create();
    MaybeSubject<String> perhaps = MaybeSubject.create();
    CompletableSubject done = CompletableSubject.create();
    List<Observable<String>> shared =
        List.of(
            observable.cache(),
            observable.share(),
            observable.publish().refCount(),
            observable.publish().autoConnect(),
            observable.replay().refCount(),
            flowable.cache().toObservable(),
            flowable.share().toObservable(),
            flowable.replay().refCount().toObservable(),
            Single.<String>create(single::add).cache().toObservable(),
            Maybe.<String>create(maybe::add).cache().toObservable(),
            Completable.create(completable::add).cache().andThen(Observable.just("value")),
            Single.fromCompletionStage(future).toObservable(),
            subject.take(1),
            behavior.take(1),
            processor.take(1).toObservable(),
            one.toObservable(),
            perhaps.toObservable(),
            done.andThen(Observable.just("value")));
    List<Waiting> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      for (Observable<String> each : shared) waiting.add(waiting(each.map(value -> value)));
    }
    Call other = woven.request();
    String otherTrace = trace();
    for (ObservableEmitter<String> emitter : emitters) {
      emitter.onNext("value");
      emitter.onComplete();
    }
    for (FlowableEmitter<String> emitter : flowing) {
      emitter.onNext("value");
      emitter.onComplete();
    }
    for (SingleEmitter<String> emitter : single) emitter.onSuccess("value");
    for (MaybeEmitter<String> emitter : maybe) emitter.onSuccess("value");
    for (CompletableEmitter emitter : completable) emitter.onComplete();
    future.complete("value");
    subject.onNext("value");
    behavior.onNext("value");
    processor.onNext("value");
    one.onSuccess("value");
    perhaps.onSuccess("value");
    done.onComplete();
    assertEquals(otherTrace, trace());
    other.end(null);
    for (Waiting each : waiting) each.assertAllInItsRequest();
  }

  @Test
  void what_a_foreign_thread_sends_is_the_requests_and_nothing_stays_there() throws Exception {
    List<ObservableEmitter<String>> observable = new ArrayList<>();
    List<FlowableEmitter<String>> flowable = new ArrayList<>();
    List<SingleEmitter<String>> single = new ArrayList<>();
    List<MaybeEmitter<String>> maybe = new ArrayList<>();
    List<CompletableEmitter> completable = new ArrayList<>();
    List<Waiting> waiting =
        List.of(
            waiting(
                Observable.<String>create(observable::add)
                    .map(value -> value + trace())
                    .filter(value -> true)
                    .concatMap(value -> Observable.fromCallable(Chains::trace))
                    .lastElement()
                    .toObservable()),
            waiting(
                Flowable.<String>create(flowable::add, BackpressureStrategy.BUFFER)
                    .filter(value -> true)
                    .concatMapSingle(value -> Single.fromCallable(Chains::trace))
                    .toObservable()
                    .take(1)),
            waiting(
                Single.<String>create(single::add)
                    .map(value -> value)
                    .flatMap(value -> Single.fromCallable(Chains::trace))
                    .toObservable()),
            waiting(
                Maybe.<String>create(maybe::add)
                    .filter(value -> true)
                    .flatMapSingle(value -> Single.fromCallable(Chains::trace))
                    .toObservable()),
            waiting(
                Completable.create(completable::add)
                    .andThen(Maybe.fromCallable(Chains::trace))
                    .toObservable()));
    String left =
        onForeignThread(
            () -> {
              observable.get(0).onNext("a");
              observable.get(0).onNext("b");
              observable.get(0).onComplete();
              flowable.get(0).onNext("a");
              single.get(0).onSuccess("a");
              maybe.get(0).onSuccess("a");
              completable.get(0).onComplete();
            });
    assertEquals(NONE, left);
    for (Waiting each : waiting) each.assertAllInItsRequest();
  }

  @Test
  void an_error_and_what_follows_it_are_the_requests() throws Exception {
    List<SingleEmitter<String>> emitters = new ArrayList<>();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Waiting waiting =
        waiting(
            Single.<String>create(emitters::add)
                .doOnError(error -> seen.add(trace()))
                .onErrorResumeNext(error -> Single.fromCallable(Chains::trace))
                .doFinally(() -> seen.add(trace()))
                .toObservable());
    assertEquals(NONE, onForeignThread(() -> emitters.get(0).onError(new Exception())));
    waiting.assertAllInItsRequest();
    assertEquals(List.of(waiting.trace, waiting.trace), seen);
  }

  @Test
  void an_operator_that_subscribes_again_stays_in_its_request() throws Exception {
    List<ObservableEmitter<String>> emitters = new ArrayList<>();
    List<String> subscribed = new ArrayList<>();
    Waiting waiting =
        waiting(
            Observable.<String>create(
                    emitter -> {
                      subscribed.add(trace());
                      emitters.add(emitter);
                    })
                .repeat(2)
                .retry(1)
                .takeLast(1));
    assertEquals(NONE, onForeignThread(() -> emitters.get(0).onComplete()));
    assertEquals(NONE, onForeignThread(() -> emitters.get(1).onError(new Exception())));
    assertEquals(NONE, onForeignThread(() -> emitters.get(2).onComplete()));
    String left =
        onForeignThread(
            () -> {
              emitters.get(3).onNext("a");
              emitters.get(3).onComplete();
            });
    assertEquals(NONE, left);
    waiting.assertAllInItsRequest();
    assertEquals(Collections.nCopies(4, waiting.trace), subscribed);
  }

  @Test
  void parallel_inner_chains_are_the_requests_on_every_scheduler() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Scheduler> schedulers =
        List.of(
            Schedulers.io(),
            Schedulers.computation(),
            Schedulers.single(),
            Schedulers.newThread(),
            Schedulers.trampoline(),
            Schedulers.from(threads));
    for (Scheduler scheduler : schedulers) {
      woven.inRequest(
          () -> {
            String trace = trace();
            List<String> seen =
                Observable.range(0, 40)
                    .flatMapSingle(i -> Single.fromCallable(Chains::trace).subscribeOn(scheduler))
                    .observeOn(Schedulers.computation())
                    .map(inner -> inner + trace())
                    .delay(1, TimeUnit.MICROSECONDS)
                    .map(both -> both + trace())
                    .toList()
                    .blockingGet();
            assertEquals(Collections.nCopies(40, trace + trace + trace), seen);
            assertEquals(
                Collections.nCopies(9, trace),
                Flowable.range(0, 9)
                    .parallel(3)
                    .runOn(scheduler)
                    .map(i -> trace())
                    .sequential()
                    .toList()
                    .blockingGet());
            return null;
          });
    }
    for (Scheduler scheduler : schedulers) {
      for (int i = 0; i < 10; i++) {
        assertEquals(NONE, Single.fromCallable(Chains::trace).subscribeOn(scheduler).blockingGet());
      }
    }
    threads.shutdown();
  }

  @Test
  void what_an_operators_timer_lets_through_is_the_requests() throws Exception {
    woven.inRequest(
        () -> {
          List<String> seen = Collections.synchronizedList(new ArrayList<>());
          Observable<Long> ticks = Observable.interval(1, TimeUnit.MILLISECONDS);
          Flowable<Long> flowing = ticks.toFlowable(BackpressureStrategy.DROP);
          List<Observable<?>> timed =
              List.of(
                  ticks,
                  ticks.sample(5, TimeUnit.MILLISECONDS),
                  ticks.buffer(5, TimeUnit.MILLISECONDS),
                  ticks.window(50, TimeUnit.MILLISECONDS).skip(1),
                  ticks.throttleLatest(5, TimeUnit.MILLISECONDS),
                  ticks.take(1).debounce(5, TimeUnit.MILLISECONDS),
                  Observable.never().timeout(5, TimeUnit.MILLISECONDS, Observable.just(1)),
                  flowing.sample(5, TimeUnit.MILLISECONDS).toObservable(),
                  flowing.buffer(5, TimeUnit.MILLISECONDS).toObservable(),
                  flowing.window(50, TimeUnit.MILLISECONDS).skip(1).toObservable());
          for (Observable<?> each : timed) {
            each.take(1).doOnNext(value -> seen.add(trace())).blockingSubscribe();
          }
          assertEquals(Collections.nCopies(timed.size(), trace()), seen);
          return null;
        });
  }

  @Test
  void signals_after_the_end_of_their_request_are_nobodys() {
    PublishProcessor<String> many = PublishProcessor.create();
    chains.assertNobodysAfterTheEnd(
        look -> many.map(value -> value).subscribe(look::accept)::dispose,
        () -> many.onNext("value"));
  }

  @Test
  void a_chain_that_is_over_keeps_nothing_of_its_request() throws Exception {
    List<Function<Kept, Disposable>> ends =
        List.of(
            kept -> Observable.range(0, 3).subscribeWith(kept),
            kept -> Observable.error(new IllegalStateException()).subscribeWith(kept),
            kept -> {
              Observable.never().subscribe(kept);
              assertNotNull(States.get(kept));
              kept.dispose();
              return kept;
            });
    for (Function<Kept, Disposable> end : ends) {
      Kept kept = new Kept();
      woven.inRequest(() -> end.apply(kept));
      assertNull(States.get(kept));
    }
    KeptSubscriber flowing = new KeptSubscriber();
    woven.inRequest(() -> Flowable.never().subscribeWith(flowing));
    assertNotNull(States.get(flowing));
    flowing.dispose();
    assertNull(States.get(flowing));
  }

  @Test
  void only_the_observer_behind_a_source_is_marked() throws Exception {
    Kept behindSource = new Kept();
    Kept behindOperator = new Kept();
    KeptSingle behindSingle = new KeptSingle();
    KeptSingle behindSinglesOperator = new KeptSingle();
    KeptSingle behindOthersCode = new KeptSingle();
    KeptMaybe behindTheirMaybe = new KeptMaybe();
    KeptSubscriber behindValues =
        new KeptSubscriber() {
          @Override
          protected void onStart() {} // asks for them later
        };
    woven.inRequest(
        () -> {
          Observable.never().subscribe(behindSource);
          Observable.never().map(value -> value).subscribe(behindOperator);
          Single.never().subscribe(behindSingle);
          Single.never().map(value -> value).subscribe(behindSinglesOperator);
          Single.unsafeCreate(observer -> {}).subscribe(behindOthersCode);
          Maybe.unsafeCreate(observer -> {}).subscribe(behindTheirMaybe);
          Flowable.fromIterable(List.of(1, 2)).subscribe(behindValues);
          return null;
        });
    assertNotNull(States.get(behindSource));
    assertNull(States.get(behindOperator));
    assertNotNull(States.get(behindSingle));
    assertNull(States.get(behindSinglesOperator));
    assertNotNull(States.get(behindOthersCode));
    assertNotNull(States.get(behindTheirMaybe));
    assertNotNull(States.get(behindValues));
  }

  @Test
  void operators_fuse_as_without_the_agent() throws Exception {
    int[] mode = new int[1];
    woven.inRequest(
        () ->
            Observable.range(0, 3)
                .map(i -> i)
                .filter(i -> true)
                .subscribeWith(
                    new TestObserver<Integer>() {
                      @Override
                      public void onSubscribe(Disposable upstream) {
                        mode[0] = ((QueueDisposable<?>) upstream).requestFusion(QueueFuseable.SYNC);
                      }
                    }));
    assertEquals(QueueFuseable.SYNC, mode[0]);
  }

  @Test
  void chains_work_when_the_tracer_throws() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertEquals(
                  6,
                  Flowable.range(0, 4).flatMap(Flowable::just).reduce(Integer::sum).blockingGet());
              assertEquals(6, Observable.range(0, 4).reduce(Integer::sum).blockingGet());
              return null;
            });
    assertTrue(thrown > 0);
  }

  private Waiting waiting(Observable<String> source) {
    return chains.waiting(
        waiting -> {
          Disposable chain =
              source
                  .doOnNext(value -> waiting.look())
                  .flatMap(value -> Observable.fromCallable(Chains::trace))
                  .subscribe(waiting::answered);
          assertNotNull(chain);
        });
  }

  private static class Kept extends DisposableObserver<Object> {
    @Override
    public void onNext(Object value) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  private static final class KeptSingle extends DisposableSingleObserver<Object> {
    @Override
    public void onSuccess(Object value) {}

    @Override
    public void onError(Throwable error) {}
  }

  private static final class KeptMaybe extends DisposableMaybeObserver<Object> {
    @Override
    public void onSuccess(Object value) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }

  private static class KeptSubscriber extends DisposableSubscriber<Object> {
    @Override
    public void onNext(Object value) {}

    @Override
    public void onError(Throwable error) {}

    @Override
    public void onComplete() {}
  }
}
