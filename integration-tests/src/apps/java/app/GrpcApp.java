package app;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A gRPC server whose handlers ask a database, and what calls it; argument: {@code port}, {@code
 * inprocess} or {@code direct}, which is in process and on the caller's thread.
 */
public final class GrpcApp {
  private static final String DATABASE = "jdbc:h2:mem:stock;DB_CLOSE_DELAY=-1";

  private final Channel channel;
  private final ExecutorService clients = Executors.newFixedThreadPool(8);

  private GrpcApp(Channel channel) {
    this.channel = channel;
  }

  public static void main(String[] args) throws Exception {
    Orders.create(() -> DriverManager.getConnection(DATABASE), false);
    GrpcApp app = new GrpcApp(connected(args[0]));
    new Web(4)
        .on("/call", app::call)
        .on("/many", query -> app.many())
        .on("/loop", query -> app.loop())
        .on("/barrier", query -> app.barrier())
        .on("/forty", query -> app.forty())
        .start();
  }

  private static ManagedChannel connected(String mode) throws Exception {
    if (mode.equals("port")) {
      Server server = ServerBuilder.forPort(0).addService(service()).build().start();
      return ManagedChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    }
    InProcessServerBuilder server = InProcessServerBuilder.forName("stock").addService(service());
    InProcessChannelBuilder client = InProcessChannelBuilder.forName("stock");
    if (mode.equals("direct")) {
      server.directExecutor();
      client.directExecutor();
    }
    server.build().start();
    return client.build();
  }

  // ---- The server ------------------------------------------------------------------------------

  private static ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("shop.Stock")
        .addMethod(StockStub.FIND, ServerCalls.asyncUnaryCall(GrpcApp::find))
        .addMethod(StockStub.ADD, ServerCalls.asyncClientStreamingCall(GrpcApp::add))
        .addMethod(StockStub.LIST, ServerCalls.asyncServerStreamingCall(GrpcApp::list))
        .addMethod(StockStub.ASK, ServerCalls.asyncBidiStreamingCall(GrpcApp::ask))
        .build();
  }

  private static void find(String id, StreamObserver<String> answer) {
    if (id.equals("throws")) {
      throw new IllegalStateException("CANARY is no id");
    } else if (id.equals("none")) {
      answer.onError(Status.NOT_FOUND.withDescription("CANARY is not there").asRuntimeException());
    } else if (id.equals("broken")) {
      answer.onError(Status.INTERNAL.asRuntimeException());
    } else if (!id.equals("slow")) { // else the client is not answered
      answer.onNext(payment(Integer.parseInt(id)));
      answer.onCompleted();
    }
  }

  private static StreamObserver<String> add(StreamObserver<String> answer) {
    return new Each(answer) {
      @Override
      public void onNext(String id) {
        last = payment(Integer.parseInt(id)); // <- added
      }

      @Override
      public void onCompleted() {
        answer.onNext(last);
        answer.onCompleted();
      }
    };
  }

  private static void list(String count, StreamObserver<String> answer) {
    if (count.equals("a dozen")) {
      for (String payment : firstPayments(12)) {
        answer.onNext(payment);
      }
    } else {
      for (int i = 1; i <= Integer.parseInt(count); i++) {
        answer.onNext(payment(i)); // <- listed
      }
    }
    answer.onCompleted();
  }

  private static StreamObserver<String> ask(StreamObserver<String> answer) {
    return new Each(answer) {
      @Override
      public void onNext(String id) {
        answer.onNext(payment(Integer.parseInt(id)));
      }

      @Override
      public void onCompleted() {
        answer.onCompleted();
      }
    };
  }

  private static String payment(int order) {
    try (Connection connection = DriverManager.getConnection(DATABASE);
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM payment WHERE order_id = ?")) {
      statement.setInt(1, order);
      try (ResultSet rows = statement.executeQuery()) { // <- asked
        return rows.next() ? rows.getString(1) : "none";
      }
    } catch (java.sql.SQLException error) {
      throw new IllegalStateException(error);
    }
  }

  private static List<String> firstPayments(int orders) {
    List<String> payments = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(DATABASE);
        PreparedStatement statement =
            connection.prepareStatement(
                "SELECT name FROM payment WHERE order_id <= ? ORDER BY order_id")) {
      statement.setInt(1, orders);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          payments.add(rows.getString(1));
        }
      }
    } catch (java.sql.SQLException error) {
      throw new IllegalStateException(error);
    }
    return payments;
  }

  /** Takes what a client sends. */
  private abstract static class Each implements StreamObserver<String> {
    final StreamObserver<String> answer;
    String last = "";

    Each(StreamObserver<String> answer) {
      this.answer = answer;
    }

    @Override
    public void onError(Throwable gone) {}
  }

  // ---- Its clients -----------------------------------------------------------------------------

  private String call(String scenario) throws Exception {
    try {
      switch (scenario) {
        case "add":
          return streamed(StockStub.ADD, "1", "2");
        case "ask":
          return streamed(StockStub.ASK, "1", "2");
        case "list":
          return listed("3");
        case "missing":
          return StockStub.over(channel).missing("1");
        case "deadline":
          return StockStub.over(channel).withDeadlineAfter(200, TimeUnit.MILLISECONDS).find("slow");
        case "cancel":
          return cancelled();
        default:
          return StockStub.over(channel).find(scenario);
      }
    } catch (StatusRuntimeException error) {
      // What a deadline's description says differs from time to time.
      boolean late = error.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED;
      return late ? "late" : "" + error.getStatus();
    }
  }

  private String streamed(MethodDescriptor<String, String> method, String... ids) throws Exception {
    final CompletableFuture<String> all = new CompletableFuture<>();
    StreamObserver<String> answers =
        new StreamObserver<String>() {
          private final StringBuilder text = new StringBuilder();

          @Override
          public void onNext(String answer) {
            text.append(answer).append(' ');
          }

          @Override
          public void onError(Throwable error) {
            all.completeExceptionally(error);
          }

          @Override
          public void onCompleted() {
            all.complete(text.toString());
          }
        };
    ClientCall<String, String> call = channel.newCall(method, CallOptions.DEFAULT);
    StreamObserver<String> sent =
        method == StockStub.ADD
            ? ClientCalls.asyncClientStreamingCall(call, answers)
            : ClientCalls.asyncBidiStreamingCall(call, answers);
    for (String id : ids) {
      sent.onNext(id);
    }
    sent.onCompleted();
    return all.get(10, TimeUnit.SECONDS);
  }

  private String listed(String count) {
    StringBuilder text = new StringBuilder();
    Iterator<String> all =
        ClientCalls.blockingServerStreamingCall(
            channel, StockStub.LIST, CallOptions.DEFAULT, count);
    while (all.hasNext()) {
      text.append(all.next()).append(' ');
    }
    return text.toString();
  }

  private String cancelled() throws Exception {
    ClientCall<String, String> call = channel.newCall(StockStub.FIND, CallOptions.DEFAULT);
    Future<String> answer = ClientCalls.futureUnaryCall(call, "slow");
    Thread.sleep(200);
    call.cancel("enough", null);
    try {
      return answer.get();
    } catch (java.util.concurrent.ExecutionException | RuntimeException error) {
      return "cancelled";
    }
  }

  /** An N+1 of statements in each of two kinds of streams. */
  private String many() throws Exception {
    String[] ids = new String[12];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "" + (i + 1);
    }
    return streamed(StockStub.ADD, ids) + listed("12");
  }

  /** An N+1 of calls. */
  private String loop() {
    // sin: loop
    StockStub stub = StockStub.over(channel);
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 12; i++) {
      text.append(stub.find("" + i)).append(' '); // <- loop
    }
    return text.toString();
    // mend: loop by many
    // return listed("a dozen");
    // done
  }

  private String barrier() {
    String text = "";
    for (int i = 1; i <= 12; i++) {
      text = StockStub.over(channel).find("" + i);
    }
    return text;
  }

  private String forty() throws Exception {
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      final String id = "" + (1 + i % 30);
      answers.add(clients.submit(() -> StockStub.over(channel).find(id)));
    }
    StringBuilder text = new StringBuilder();
    for (Future<String> answer : answers) {
      text.append(answer.get()).append(' ');
    }
    return text.toString();
  }
}
