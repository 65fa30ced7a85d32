package dev.atalaya.agent.library.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.CallContract;
import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcClientInstrumentationTest implements CallContract {
  private static final Metadata.Key<String> TRACE_PARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  private static final List<String> received = new CopyOnWriteArrayList<>();
  private static Server server;
  private static Server local;
  private static ManagedChannel remote;
  private static ManagedChannel inProcess;

  private Woven woven;

  @BeforeAll
  static void start() throws Exception {
    Woven.with(new GrpcClientInstrumentation()).close();
    Stock stock = new Stock(() -> "");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server =
        NettyServerBuilder.forAddress(any)
            .addService(stock.service())
            .intercept(new Headers())
            .build()
            .start();
    local =
        InProcessServerBuilder.forName("stock-of-clients")
            .addService(stock.service())
            .intercept(new Headers())
            .build()
            .start();
    remote = remote();
    inProcess = InProcessChannelBuilder.forName("stock-of-clients").directExecutor().build();
  }

  @AfterAll
  static void stop() {
    remote.shutdownNow();
    inProcess.shutdownNow();
    server.shutdownNow();
    local.shutdownNow();
  }

  @BeforeEach
  void begin() {
    woven = Woven.with();
    received.clear();
  }

  @AfterEach
  void end() {
    woven.close();
  }

  @Override
  public Woven woven() {
    return woven;
  }

  @Override
  public Object call() {
    return find(remote, "chair");
  }

  @Override
  public void failingCall() {
    find(remote, "none");
  }

  @Override
  public String spanName() {
    return "shop.Stock/Find";
  }

  @Test
  void a_span_says_method_server_and_status() throws Exception {
    woven.inRequest(this::call);
    Span span = woven.clientSpan();
    assertEquals("grpc", span.rpc().system);
    assertEquals("shop.Stock/Find", span.rpc().methodLabel());
    assertEquals("localhost", span.rpc().host);
    assertEquals(server.getPort(), span.rpc().port);
    assertEquals("OK", span.rpc().status());
  }

  @Test
  void any_status_but_ok_is_an_error() throws Exception {
    assertThrows(StatusRuntimeException.class, () -> woven.inRequest(() -> find(remote, "none")));
    assertEquals("NOT_FOUND", woven.clientSpan().rpc().status());
    assertEquals("NOT_FOUND", woven.clientSpan().failure().type);
    assertNull(woven.clientSpan().failure().thrown);
  }

  @Test
  void the_other_side_learns_of_the_span() throws Exception {
    woven.inRequest(this::call);
    assertEquals(List.of(traceParent(woven.clientSpan())), received);
  }

  @Test
  void in_process_it_is_the_same() throws Exception {
    assertEquals("found chair", woven.inRequest(() -> find(inProcess, "chair")));
    Span span = woven.clientSpan();
    assertEquals("localhost", span.rpc().host);
    assertEquals(List.of(traceParent(span)), received);
  }

  @Test
  void a_trace_header_of_the_applications_stays() throws Exception {
    String theirs = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    Metadata headers = new Metadata();
    headers.put(TRACE_PARENT, theirs);
    Channel channel =
        ClientInterceptors.intercept(remote, MetadataUtils.newAttachHeadersInterceptor(headers));
    woven.inRequest(() -> find(channel, "chair"));
    assertEquals(List.of(theirs), received);
  }

  @Test
  void headers_that_are_sent_twice_name_each_call() throws Exception {
    Metadata headers = new Metadata();
    woven.inRequest(
        () -> {
          for (int i = 0; i < 2; i++)
            closed(remote.newCall(Stock.FIND, CallOptions.DEFAULT), headers);
          return null;
        });
    List<String> sent = new ArrayList<>();
    for (Span span : woven.clientSpans(2)) sent.add(traceParent(span));
    assertEquals(sent, received);
  }

  @Test
  void the_first_call_of_a_channel_belongs_to_who_made_it() throws Exception {
    ManagedChannel fresh = remote();
    try {
      woven.inRequest(() -> find(fresh, "chair"));
    } finally {
      fresh.shutdownNow();
    }
    Span span = woven.clientSpan();
    assertNotNull(span.parent());
    assertEquals(List.of(traceParent(span)), received);
  }

  @Test
  void callbacks_are_back_with_who_called() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Call request = woven.request();
    String caller = Tracing.spanId();
    ClientCalls.asyncUnaryCall(
        remote.newCall(Stock.FIND, CallOptions.DEFAULT),
        "chair",
        new StreamObserver<String>() {
          private String during;

          @Override
          public void onNext(String value) {
            during = Tracing.spanId();
          }

          @Override
          public void onError(Throwable error) {
            seen.completeExceptionally(error);
          }

          @Override
          public void onCompleted() {
            seen.complete(during + " " + Tracing.spanId());
          }
        });
    assertEquals(caller, Tracing.spanId());
    request.end(null);
    assertEquals(caller + " " + caller, seen.get(5, TimeUnit.SECONDS));
    woven.clientSpan();
  }

  @Test
  void a_request_is_not_over_before_its_calls() throws Exception {
    Call request = woven.request();
    ClientCall<String, String> call = remote.newCall(Stock.FIND, CallOptions.DEFAULT);
    ClientCalls.futureUnaryCall(call, "slow");
    request.end(null);
    assertTrue(woven.waitsForTasks(request));
    call.cancel("enough", null);
    assertEquals("CANCELLED", woven.clientSpan().rpc().status());
    assertFalse(woven.waitsForTasks(request));
  }

  @Test
  void a_deadline_ends_it() throws Exception {
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(50, TimeUnit.MILLISECONDS);
    assertThrows(
        StatusRuntimeException.class,
        () ->
            woven.inRequest(() -> ClientCalls.blockingUnaryCall(remote, Stock.FIND, soon, "slow")));
    assertEquals("DEADLINE_EXCEEDED", woven.clientSpan().failure().type);
  }

  @Test
  void one_whose_context_was_cancelled_before_ends_at_once() throws Exception {
    Context.CancellableContext gone = Context.current().withCancellation();
    gone.cancel(null);
    assertThrows(
        StatusRuntimeException.class,
        () -> woven.inRequest(() -> gone.call(() -> find(remote, "chair"))));
    assertEquals("CANCELLED", woven.clientSpan().rpc().status());
  }

  @Test
  void one_that_cannot_start_is_an_error() throws Exception {
    ClientCall<String, String> call = remote.newCall(Stock.FIND, CallOptions.DEFAULT);
    call.cancel("too late", null);
    assertThrows(
        IllegalStateException.class, () -> woven.inRequest(() -> closed(call, new Metadata())));
    assertEquals("java.lang.IllegalStateException", woven.clientSpan().failure().type);
  }

  @Test
  void one_on_a_channel_that_is_shut_down_is_unavailable() throws Exception {
    ManagedChannel shut = remote();
    shut.shutdownNow();
    assertThrows(StatusRuntimeException.class, () -> woven.inRequest(() -> find(shut, "chair")));
    assertEquals("UNAVAILABLE", woven.clientSpan().rpc().status());
  }

  @Test
  void one_that_finds_nobody_is_unavailable() throws Exception {
    ManagedChannel lost =
        NettyChannelBuilder.forAddress("localhost", freePort()).usePlaintext().build();
    try {
      assertThrows(StatusRuntimeException.class, () -> woven.inRequest(() -> find(lost, "chair")));
    } finally {
      lost.shutdownNow();
    }
    assertEquals("UNAVAILABLE", woven.clientSpan().failure().type);
    assertNotNull(woven.clientSpan().failure().thrown);
  }

  @Test
  void the_messages_of_a_stream_are_no_calls() throws Exception {
    List<String> answers = new ArrayList<>();
    woven.inRequest(
        () -> {
          ClientCalls.blockingServerStreamingCall(remote, Stock.LIST, CallOptions.DEFAULT, "chair")
              .forEachRemaining(answers::add);
          return null;
        });
    assertEquals(List.of("chair0", "chair1", "chair2"), answers);
    assertEquals("shop.Stock/List", woven.clientSpan().name());
    assertTrue(woven.clientSpan().rpc().streams());
  }

  @Test
  void interceptors_are_outside_of_it() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    Channel channel =
        ClientInterceptors.intercept(
            remote,
            new io.grpc.ClientInterceptor() {
              @Override
              public <Q, A> ClientCall<Q, A> interceptCall(
                  io.grpc.MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                ClientCall<Q, A> call = next.newCall(method, options);
                return new io.grpc.ForwardingClientCall.SimpleForwardingClientCall<Q, A>(call) {
                  @Override
                  public void start(Listener<A> listener, Metadata headers) {
                    seen.add(Tracing.spanId() + " " + headers.keys());
                    super.start(listener, headers);
                  }
                };
              }
            });
    String[] caller = new String[1];
    woven.inRequest(
        () -> {
          caller[0] = Tracing.spanId();
          return find(channel, "chair");
        });
    assertEquals(List.of(caller[0] + " []"), seen);
    woven.clientSpan();
  }

  @Test
  void one_that_began_before_the_agent_was_switched_off_ends() throws Exception {
    Call request = woven.request();
    ClientCall<String, String> call = remote.newCall(Stock.FIND, CallOptions.DEFAULT);
    CompletableFuture<String> answered = new CompletableFuture<>();
    call.start(new Closing(answered), new Metadata());
    Tracing.use(null);
    call.sendMessage("chair");
    call.halfClose();
    call.request(2);
    assertEquals("OK", answered.get(5, TimeUnit.SECONDS));
    woven.record();
    request.end(null);
    assertSame(Span.Kind.CLIENT, woven.clientSpan().kind());
  }

  private static ManagedChannel remote() {
    return NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
  }

  private static String find(Channel channel, String item) {
    return ClientCalls.blockingUnaryCall(channel, Stock.FIND, CallOptions.DEFAULT, item);
  }

  private static Object closed(ClientCall<String, String> call, Metadata headers) throws Exception {
    CompletableFuture<String> closed = new CompletableFuture<>();
    call.start(new Closing(closed), headers);
    call.sendMessage("chair");
    call.halfClose();
    call.request(2);
    return closed.get(5, TimeUnit.SECONDS);
  }

  private static String traceParent(Span span) {
    return "00-"
        + span.request().traceId()
        + "-"
        + dev.atalaya.agent.trace.Ids.span(span.id())
        + "-01";
  }

  private static int freePort() throws Exception {
    try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
      return free.getLocalPort();
    }
  }

  /** Tells the status that the call is closed with. */
  private static final class Closing extends ClientCall.Listener<String> {
    private final CompletableFuture<String> closed;

    Closing(CompletableFuture<String> closed) {
      this.closed = closed;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      closed.complete(status.getCode().name());
    }
  }

  /** Notes the trace header of each call that arrives. */
  private static final class Headers implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      received.add(String.valueOf(headers.get(TRACE_PARENT)));
      return next.startCall(call, headers);
    }
  }
}
