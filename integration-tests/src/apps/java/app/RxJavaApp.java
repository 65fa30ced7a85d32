package app;

import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.TimeUnit;

/** JDBC in the operators of RxJava's chains. */
final class RxJavaApp extends ChainsApp {
  private volatile SingleEmitter<String> emitter;
  private volatile Single<String> shared;
  private volatile Disposable stream;

  public static void main(String[] args) throws Exception {
    new RxJavaApp().start();
  }

  @Override
  int concat() throws Exception {
    return Observable.fromIterable(orders())
        .concatMapSingle(
            order ->
                Single.fromCallable(
                    () -> {
                      return payment(
                          order, payment -> Orders.count(payment.executeQuery())); // <- concat
                    }))
        .reduce(0, Integer::sum)
        .blockingGet();
  }

  @Override
  int flat() throws Exception {
    return Flowable.fromIterable(orders())
        .flatMapSingle(
            order ->
                Single.fromCallable(
                        () -> {
                          return payment(
                              order, payment -> Orders.count(payment.executeQuery())); // <- flat
                        })
                    .subscribeOn(Schedulers.io()))
        .reduce(0, Integer::sum)
        .blockingGet();
  }

  @Override
  void prepare() {
    shared = Single.<String>create(waiting -> emitter = waiting).cache();
  }

  @Override
  String await() {
    return shared
        .map(value -> value + count(1))
        .flatMap(value -> Single.fromCallable(() -> value + count(2)))
        .blockingGet();
  }

  @Override
  String release() {
    SingleEmitter<String> waiting = emitter;
    prepare();
    waiting.onSuccess("released ");
    return "released";
  }

  @Override
  int timeout() {
    return Single.fromCallable(() -> count(1))
        .subscribeOn(Schedulers.io())
        .delay(4, TimeUnit.SECONDS)
        .timeout(400, TimeUnit.MILLISECONDS, Single.fromCallable(() -> 10 * count(3)))
        .blockingGet();
  }

  @Override
  int error() {
    return Observable.range(1, 5)
        .observeOn(Schedulers.computation())
        .concatMap(
            i ->
                i == 3
                    ? Observable.<Integer>error(new IllegalStateException())
                    : Observable.just(i))
        .map(i -> count(i))
        .onErrorReturn(error -> count(20))
        .reduce(0, Integer::sum)
        .blockingGet();
  }

  @Override
  int counts() {
    return Flowable.range(1, 20)
        .flatMapSingle(i -> Single.fromCallable(() -> count(i)).subscribeOn(Schedulers.io()))
        .observeOn(Schedulers.computation())
        .map(count -> count + count(1))
        .reduce(0, Integer::sum)
        .blockingGet();
  }

  @Override
  String endless() {
    stream = Observable.interval(20, TimeUnit.MILLISECONDS).take(100).subscribe(i -> count(7));
    return "begun";
  }
}
