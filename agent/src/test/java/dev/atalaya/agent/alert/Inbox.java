package dev.atalaya.agent.alert;

import dev.atalaya.agent.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** An HTTP server that keeps what it is sent, while it answers with success. */
final class Inbox implements AutoCloseable {
  final List<RecordedRequest> taken = new CopyOnWriteArrayList<>();
  final List<RecordedRequest> refused = new CopyOnWriteArrayList<>();
  volatile int status = 200;
  volatile String answer = "";
  volatile long headersDelayMillis;

  private final MockWebServer server = new MockWebServer();

  Inbox() throws IOException {
    this(0);
  }

  Inbox(int port) throws IOException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            (status < 300 ? taken : refused).add(request);
            return new MockResponse.Builder()
                .code(status)
                .body(answer)
                .headersDelay(headersDelayMillis, TimeUnit.MILLISECONDS)
                .build();
          }
        });
    server.start(InetAddress.getByName("127.0.0.1"), port);
  }

  int port() {
    return server.getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port();
  }

  String body(int index) {
    return taken.get(index).getBody().utf8();
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> json(int index) {
    return (Map<String, Object>) Json.parse(body(index));
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> array(int index) {
    return (List<Map<String, Object>>) Json.parse(body(index));
  }

  /** Of each request's finding what that key says, in the order they came. */
  List<Object> all(String key) {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < taken.size(); i++) all.add(json(i).get(key));
    return all;
  }

  void await(int requests) throws InterruptedException {
    await(requests + " requests", () -> taken.size() >= requests);
  }

  static void await(String what, BooleanSupplier happened) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("never happened: " + what);
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
