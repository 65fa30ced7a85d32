package dev.atalaya.agent.library.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Ids;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Tracing;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcServerInstrumentationTest {
  /** Where server and client meet, and on whose threads the server works. */
  private enum Way {
    NETTY,
    NETTY_DIRECT,
    IN_PROCESS,
    IN_PROCESS_DIRECT
  }

  private final Woven woven =
      Woven.with(new GrpcServerInstrumentation(), new GrpcClientInstrumentation());
  private final Stock stock = new Stock(this::spanId);
  private volatile boolean asks = true;
  private Server server;
  private ManagedChannel channel;

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.shutdownNow();
    server.awaitTermination(5, TimeUnit.SECONDS);
    woven.close();
  }

  private void start(Way way) throws Exception {
    boolean direct = way == Way.NETTY_DIRECT || way == Way.IN_PROCESS_DIRECT;
    if (way == Way.NETTY || way == Way.NETTY_DIRECT) {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      NettyServerBuilder builder = NettyServerBuilder.forAddress(any).addService(stock.service());
      server = (direct ? builder.directExecutor() : builder).build().start();
      NettyChannelBuilder client = NettyChannelBuilder.forAddress("localhost", server.getPort());
      channel = client.usePlaintext().build();
    } else {
      InProcessServerBuilder builder =
          InProcessServerBuilder.forName("stock").addService(stock.service());
      server = (direct ? builder.directExecutor() : builder).build().start();
      InProcessChannelBuilder client = InProcessChannelBuilder.forName("stock");
      channel = (direct ? client.directExecutor() : client).build();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_unary_call_is_a_request_and_a_child_of_its_client(Way way) throws Exception {
    start(way);
    assertEquals("found chair", woven.inRequest(() -> find("chair")));
    Span span = served();
    assertEquals("shop.Stock/Find", span.name());
    assertEquals("shop.Stock/Find", span.request().route());
    assertEquals(Request.Kind.REQUEST, span.request().kind());
    assertEquals("OK", span.rpc().status());
    assertNull(span.failure());
    assertFalse(span.rpc().streams());
    Span client = woven.clientSpan();
    assertEquals(client.id(), span.request().remoteParent());
    assertEquals(client.request().traceId(), span.request().traceId());
    assertEquals(List.of("find " + Ids.span(span.id())), stock.notes);
  }

  @ParameterizedTest
  @EnumSource
  void a_streams_callbacks_all_belong_to_it(Way way) throws Exception {
    start(way);
    CompletableFuture<String> answer = new CompletableFuture<>();
    StreamObserver<String> items =
        ClientCalls.asyncClientStreamingCall(
            channel.newCall(Stock.ADD, CallOptions.DEFAULT), answering(answer));
    for (String item : List.of("chair", "table")) items.onNext(item);
    items.onCompleted();
    assertEquals("2 added", answer.get(5, TimeUnit.SECONDS));
    Span span = served();
    String id = Ids.span(span.id());
    assertEquals(List.of("add " + id, "next " + id, "next " + id, "completed " + id), stock.notes);
    assertTrue(span.rpc().streams());
    assertEquals("shop.Stock/Add", span.name());
  }

  @ParameterizedTest
  @EnumSource
  void a_stream_of_answers_is_one_span(Way way) throws Exception {
    start(way);
    Iterator<String> answers =
        ClientCalls.blockingServerStreamingCall(channel, Stock.LIST, CallOptions.DEFAULT, "chair");
    int count = 0;
    for (; answers.hasNext(); answers.next()) count++;
    assertEquals(3, count);
    assertEquals("shop.Stock/List", served().name());
  }

  @ParameterizedTest
  @EnumSource
  void a_conversation_is_one_span(Way way) throws Exception {
    start(way);
    CompletableFuture<String> answer = new CompletableFuture<>();
    StreamObserver<String> questions =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(Stock.ASK, CallOptions.DEFAULT), answering(answer));
    questions.onNext("chair");
    questions.onCompleted();
    assertEquals("re chair", answer.get(5, TimeUnit.SECONDS));
    assertEquals("shop.Stock/Ask", served().name());
  }

  @ParameterizedTest
  @EnumSource
  void what_a_handler_throws_is_recorded_though_the_client_learns_nothing_of_it(Way way)
      throws Exception {
    start(way);
    StatusRuntimeException seen = assertThrows(StatusRuntimeException.class, () -> find("throws"));
    assertNull(seen.getStatus().getCause());
    Span span = served();
    assertEquals("UNKNOWN", span.rpc().status());
    assertEquals("UNKNOWN", span.failure().type);
    assertEquals("no such shelf", span.failure().thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_status_is_an_error_where_it_is_the_servers_fault(Way way) throws Exception {
    start(way);
    assertThrows(StatusRuntimeException.class, () -> find("broken"));
    Span span = served();
    assertEquals("INTERNAL", span.failure().type);
    assertEquals("disk", span.failure().thrown.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void a_status_that_is_the_clients_fault_is_no_error_of_the_servers(Way way) throws Exception {
    start(way);
    assertThrows(StatusRuntimeException.class, () -> find("none"));
    Span span = served();
    assertEquals("NOT_FOUND", span.rpc().status());
    assertNull(span.failure());
  }

  @ParameterizedTest
  @EnumSource
  void a_method_that_is_not_there_is_a_span_without_a_route(Way way) throws Exception {
    start(way);
    assertThrows(
        StatusRuntimeException.class,
        () -> ClientCalls.blockingUnaryCall(channel, Stock.MISSING, CallOptions.DEFAULT, "chair"));
    Span span = served();
    assertEquals("grpc", span.name());
    assertEquals("_OTHER", span.rpc().methodLabel());
    assertEquals("shop.Stock/Missing", span.rpc().asked);
    assertEquals("UNIMPLEMENTED", span.failure().type);
    assertEquals("", span.request().route());
  }

  @ParameterizedTest
  @EnumSource
  void a_client_that_hangs_up_ends_it_and_is_told_in_its_context(Way way) throws Exception {
    start(way);
    ClientCall<String, String> call = channel.newCall(Stock.FIND, CallOptions.DEFAULT);
    ClientCalls.futureUnaryCall(call, "slow");
    awaitNotes(1);
    call.cancel("enough", null);
    stock.awaitCancelled();
    Span span = served();
    assertEquals("CANCELLED", span.rpc().status());
    assertNull(span.failure());
    String id = Ids.span(span.id());
    assertEquals(List.of("find " + id, "cancelled " + id), stock.notes);
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_that_is_lost_ends_it(Way way) throws Exception {
    start(way);
    ClientCalls.futureUnaryCall(channel.newCall(Stock.FIND, CallOptions.DEFAULT), "slow");
    awaitNotes(1);
    channel.shutdownNow();
    stock.awaitCancelled();
    assertFalse(served().rpc().status().equals("OK"));
  }

  @ParameterizedTest
  @EnumSource
  void forty_at_once_each_have_their_own(Way way) throws Exception {
    start(way);
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String item = "item" + i;
        answers.add(clients.submit(() -> find(item)));
      }
      for (int i = 0; i < 40; i++) assertEquals("found item" + i, answers.get(i).get());
    } finally {
      clients.shutdown();
    }
    List<String> expected = new ArrayList<>();
    for (Span span : served(40)) expected.add("find " + Ids.span(span.id()));
    List<String> notes = new ArrayList<>(stock.notes);
    notes.sort(null);
    expected.sort(null);
    assertEquals(expected, notes);
  }

  @ParameterizedTest
  @EnumSource
  void the_answer_is_the_same_when_the_tracer_throws(Way way) throws Exception {
    start(way);
    asks = false;
    String[] answer = new String[1];
    int thrown = Woven.whileTracerThrows(() -> answer[0] = find("chair"));
    assertEquals("found chair", answer[0]);
    assertTrue(thrown > 0, "the tracer was never asked");
    Woven.whileTracerThrows(() -> assertThrows(StatusRuntimeException.class, () -> find("throws")));
    woven.record();
  }

  private String spanId() {
    return asks ? String.valueOf(Tracing.spanId()) : "";
  }

  private String find(String item) {
    return ClientCalls.blockingUnaryCall(channel, Stock.FIND, CallOptions.DEFAULT, item);
  }

  private void awaitNotes(int count) throws InterruptedException {
    for (int i = 0; i < 500 && stock.notes.size() < count; i++) Thread.sleep(10);
    assertEquals(count, stock.notes.size(), () -> "" + stock.notes);
  }

  private Span served() throws InterruptedException {
    return served(1).get(0);
  }

  private List<Span> served(int count) throws InterruptedException {
    List<Span> found = List.of();
    for (int i = 0; i < 500 && found.size() < count; i++) {
      Thread.sleep(10);
      found = woven.spans();
      found.removeIf(span -> span.rpc() == null || span.kind() != Span.Kind.SERVER);
    }
    assertEquals(count, found.size(), () -> "spans: " + woven.names());
    return found;
  }

  private static StreamObserver<String> answering(CompletableFuture<String> answer) {
    return new StreamObserver<String>() {
      private String last;

      @Override
      public void onNext(String value) {
        last = value;
      }

      @Override
      public void onError(Throwable error) {
        answer.completeExceptionally(error);
      }

      @Override
      public void onCompleted() {
        answer.complete(last);
      }
    };
  }
}
