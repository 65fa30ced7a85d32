package dev.atalaya.agent.library.grpc;

import static io.grpc.stub.ServerCalls.asyncBidiStreamingCall;
import static io.grpc.stub.ServerCalls.asyncClientStreamingCall;
import static io.grpc.stub.ServerCalls.asyncServerStreamingCall;
import static io.grpc.stub.ServerCalls.asyncUnaryCall;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A service of texts, a method of each kind, that notes what {@code noted} says where it runs. */
final class Stock {
  private static final MethodDescriptor.Marshaller<String> TEXT = new Text();

  static final MethodDescriptor<String, String> FIND =
      method("Find", MethodDescriptor.MethodType.UNARY);
  static final MethodDescriptor<String, String> ADD =
      method("Add", MethodDescriptor.MethodType.CLIENT_STREAMING);
  static final MethodDescriptor<String, String> LIST =
      method("List", MethodDescriptor.MethodType.SERVER_STREAMING);
  static final MethodDescriptor<String, String> ASK =
      method("Ask", MethodDescriptor.MethodType.BIDI_STREAMING);
  static final MethodDescriptor<String, String> MISSING =
      method("Missing", MethodDescriptor.MethodType.UNARY);

  /** What {@code noted} said, in the order of the callbacks. */
  final List<String> notes = new CopyOnWriteArrayList<>();

  private final Supplier<String> noted;
  final CountDownLatch cancelled = new CountDownLatch(1);

  Stock(Supplier<String> noted) {
    this.noted = noted;
  }

  ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("shop.Stock")
        .addMethod(FIND, asyncUnaryCall(this::find))
        .addMethod(ADD, asyncClientStreamingCall(this::add))
        .addMethod(LIST, asyncServerStreamingCall(this::list))
        .addMethod(ASK, asyncBidiStreamingCall(this::ask))
        .build();
  }

  private void note(String where) {
    notes.add(where + " " + noted.get());
  }

  private void find(String item, StreamObserver<String> answer) {
    note("find");
    switch (item) {
      case "throws":
        throw new IllegalStateException("no such shelf");
      case "none":
        answer.onError(Status.NOT_FOUND.withDescription("no such item").asRuntimeException());
        return;
      case "broken":
        answer.onError(Status.INTERNAL.withCause(new IOException("disk")).asRuntimeException());
        return;
      case "slow":
        waitUntilCancelled(answer);
        return;
      default:
        answer.onNext("found " + item);
        answer.onCompleted();
    }
  }

  private void waitUntilCancelled(StreamObserver<String> answer) {
    ((io.grpc.stub.ServerCallStreamObserver<String>) answer)
        .setOnCancelHandler(
            () -> {
              note("cancelled");
              cancelled.countDown();
            });
  }

  void awaitCancelled() throws InterruptedException {
    if (!cancelled.await(5, TimeUnit.SECONDS)) throw new IllegalStateException("not cancelled");
  }

  private StreamObserver<String> add(StreamObserver<String> answer) {
    note("add");
    return observer(answer, true);
  }

  private void list(String item, StreamObserver<String> answer) {
    note("list");
    for (int i = 0; i < 3; i++) answer.onNext(item + i);
    answer.onCompleted();
  }

  private StreamObserver<String> ask(StreamObserver<String> answer) {
    note("ask");
    return observer(answer, false);
  }

  private StreamObserver<String> observer(StreamObserver<String> answer, boolean answersOnce) {
    return new StreamObserver<String>() {
      private int count;

      @Override
      public void onNext(String item) {
        note("next");
        count++;
        if (!answersOnce) answer.onNext("re " + item);
      }

      @Override
      public void onError(Throwable error) {
        note("error");
      }

      @Override
      public void onCompleted() {
        note("completed");
        if (answersOnce) answer.onNext(count + " added");
        answer.onCompleted();
      }
    };
  }

  private static MethodDescriptor<String, String> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("shop.Stock", name))
        .setRequestMarshaller(TEXT)
        .setResponseMarshaller(TEXT)
        .build();
  }

  private static final class Text implements MethodDescriptor.Marshaller<String> {
    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }
}
