package dev.atalaya.agent.library.rxjava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.library.executors.ExecutorInstrumentation;
import dev.atalaya.agent.library.reactivestreams.ReactiveStreamsInstrumentation;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.reactivex.Observable;
import io.reactivex.processors.PublishProcessor;
import io.reactivex.schedulers.Schedulers;
import io.reactivex.subjects.CompletableSubject;
import io.reactivex.subjects.MaybeSubject;
import io.reactivex.subjects.PublishSubject;
import io.reactivex.subjects.SingleSubject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What RxJavaInstrumentationTest says of RxJava 3, where the names are others. */
class RxJava2Test {
  private final Woven woven =
      Woven.with(
          new ReactiveStreamsInstrumentation(),
          new RxJavaInstrumentation(),
          new ExecutorInstrumentation());

  @AfterEach
  void close() {
    woven.close();
  }

  @Test
  void chains_of_each_type_are_the_requests_that_subscribed_to_them() throws Exception {
    PublishSubject<String> subject = PublishSubject.create();
    PublishProcessor<String> processor = PublishProcessor.create();
    SingleSubject<String> single = SingleSubject.create();
    MaybeSubject<String> maybe = MaybeSubject.create();
    CompletableSubject completable = CompletableSubject.create();
    List<Observable<String>> chains =
        List.of(
            subject.map(value -> value),
            subject.replay().refCount(),
            processor.map(value -> value).toObservable(),
            processor.cache().toObservable(),
            single.map(value -> value).toObservable(),
            single.cache().toObservable(),
            maybe.map(value -> value).toObservable(),
            completable.andThen(Observable.just("value")));
    List<Call> requests = new ArrayList<>();
    List<String> traces = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (Observable<String> chain : chains) {
      Call request = woven.request();
      traces.add(Tracing.traceId());
      chain.take(1).subscribe(value -> seen.add(Tracing.traceId()), error -> seen.add("error"));
      request.detach();
      requests.add(request);
    }
    Call other = woven.request();
    String otherTrace = Tracing.traceId();
    subject.onNext("value");
    processor.onNext("value");
    single.onSuccess("value");
    maybe.onSuccess("value");
    completable.onComplete();
    assertEquals(otherTrace, Tracing.traceId());
    other.end(null);
    for (Call request : requests) request.end(null);
    assertEquals(traces, seen);
  }

  @Test
  void what_runs_on_a_scheduler_is_the_requests_and_nothing_stays_there() throws Exception {
    Observable<String> chain =
        Observable.range(0, 10)
            .flatMapSingle(i -> Observable.just(i).subscribeOn(Schedulers.io()).singleOrError())
            .observeOn(Schedulers.computation())
            .map(i -> String.valueOf(Tracing.traceId()));
    woven.inRequest(
        () -> {
          String trace = Tracing.traceId();
          assertEquals(Collections.nCopies(10, trace), chain.toList().blockingGet());
          return null;
        });
    assertEquals(Collections.nCopies(10, "null"), chain.toList().blockingGet());
    assertNull(Tracing.traceId());
  }
}
