package dev.atalaya.agent.export;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/** An OTLP target over HTTP on loopback. */
final class Collector implements AutoCloseable {
  final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
  final List<String> paths = new CopyOnWriteArrayList<>();
  final List<Headers> headers = new CopyOnWriteArrayList<>();

  /** What is answered; of other than 200 nothing is kept. */
  volatile int status = 200;

  volatile String retryAfter = "";
  volatile long rejects;
  volatile long delayMillis;

  private final HttpServer server;

  Collector() throws IOException {
    this(0);
  }

  Collector(int port) throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
  }

  Collector(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext(
        "/",
        exchange -> {
          Headers received = exchange.getRequestHeaders();
          boolean gzip = "gzip".equals(received.getFirst("Content-Encoding"));
          InputStream body = exchange.getRequestBody();
          ExportTraceServiceRequest request =
              ExportTraceServiceRequest.parseFrom(gzip ? new GZIPInputStream(body) : body);
          pause();
          int answer = status;
          paths.add(exchange.getRequestURI().toString());
          headers.add(received);
          if (answer == 200) requests.add(request);
          byte[] message = response();
          if (!retryAfter.isEmpty()) exchange.getResponseHeaders().set("Retry-After", retryAfter);
          exchange.sendResponseHeaders(answer, message.length == 0 ? -1 : message.length);
          exchange.getResponseBody().write(message);
          exchange.close();
        });
    server.start();
  }

  private void pause() {
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] response() {
    if (rejects == 0) return new byte[0];
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder()
                .setRejectedSpans(rejects)
                .setErrorMessage("too old".repeat(40)))
        .build()
        .toByteArray();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (ExportTraceServiceRequest request : requests) {
      request
          .getResourceSpansList()
          .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
    }
    return spans;
  }

  static void await(String what, BooleanSupplier happened) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > deadline) throw new AssertionError("never happened: " + what);
      Thread.sleep(10);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
