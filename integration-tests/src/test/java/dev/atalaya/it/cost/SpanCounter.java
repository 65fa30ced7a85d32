package dev.atalaya.it.cost;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/**
 * A receiver of OTLP, http/protobuf, that counts spans and keeps nothing; those of requests and
 * calls apart from others, such as a container's periodic jobs, which nobody asked for. Of
 * Datadog's protocol it counts the traces, as they say how many they are.
 */
final class SpanCounter implements AutoCloseable {
  private final HttpServer server;
  private final AtomicLong spans = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong others = new AtomicLong();
  private final AtomicLong exports = new AtomicLong();

  SpanCounter() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::receive);
    server.createContext("/v0.4/traces", this::receiveDatadog);
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Spans of kind server and client. */
  long spans() {
    return spans.get();
  }

  /** Spans of kind server, and Datadog's traces. */
  long requests() {
    return requests.get();
  }

  long others() {
    return others.get();
  }

  long exports() {
    return exports.get();
  }

  private void receive(HttpExchange exchange) throws IOException {
    InputStream in = exchange.getRequestBody();
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      in = new GZIPInputStream(in);
    }
    byte[] body = in.readAllBytes();
    exports.incrementAndGet();
    Walk walk = new Walk(body);
    walk.message(0, body.length, 0);
    spans.addAndGet(walk.spans);
    requests.addAndGet(walk.requests);
    others.addAndGet(walk.others);
    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void receiveDatadog(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String count = exchange.getRequestHeaders().getFirst("X-Datadog-Trace-Count");
    if (count != null) requests.addAndGet(Long.parseLong(count));
    byte[] answer = "{}".getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  /**
   * Walks protobuf's wire format of an ExportTraceServiceRequest along resource_spans (1),
   * scope_spans (2), spans (2), to a span's kind (6).
   */
  private static final class Walk {
    private static final int[] PATH = {1, 2, 2};
    private static final int KIND = 6;
    private static final int SERVER = 2;
    private static final int CLIENT = 3;

    private final byte[] bytes;
    private int at;
    private int spans;
    private int requests;
    private int others;

    Walk(byte[] bytes) {
      this.bytes = bytes;
    }

    void message(int from, int to, int depth) {
      long kind = 0;
      at = from;
      while (at < to) {
        long tag = varint();
        switch ((int) tag & 7) {
          case 0 -> {
            long value = varint();
            if (tag >>> 3 == KIND) {
              kind = value;
            }
          }
          case 1 -> at += 8;
          case 5 -> at += 4;
          case 2 -> {
            int end = (int) varint() + at;
            if (depth < PATH.length && tag >>> 3 == PATH[depth]) {
              message(at, end, depth + 1);
            }
            at = end;
          }
          default -> throw new IllegalArgumentException("wire type " + (tag & 7) + " at " + at);
        }
      }
      if (at != to) {
        throw new IllegalArgumentException("a field ends at " + at + ", its message at " + to);
      }
      if (depth == PATH.length) {
        if (kind == SERVER || kind == CLIENT) {
          spans++;
          if (kind == SERVER) requests++;
        } else {
          others++;
        }
      }
    }

    private long varint() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
