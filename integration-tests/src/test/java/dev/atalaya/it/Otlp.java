package dev.atalaya.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLParameters;

/** A collector on a free port of the loopback address that keeps the spans it receives. */
public final class Otlp implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "otlp");
            thread.setDaemon(true);
            return thread;
          });
  private final boolean grpc;
  private final Certificates certificates;
  private int port;
  private HttpServer httpServer;
  private Server grpcServer;

  private Otlp(boolean grpc, Certificates certificates) {
    this.grpc = grpc;
    this.certificates = certificates;
    up();
  }

  /** http/protobuf. */
  public static Otlp http() {
    return new Otlp(false, null);
  }

  /** http/protobuf over TLS; with a client certificate where {@link Certificates} demands one. */
  public static Otlp https(Certificates certificates) {
    return new Otlp(false, certificates);
  }

  public static Otlp grpc() {
    return new Otlp(true, null);
  }

  public static Otlp grpcs(Certificates certificates) {
    return new Otlp(true, certificates);
  }

  public String endpoint() {
    return (certificates == null ? "http" : "https") + "://localhost:" + port;
  }

  public String protocol() {
    return grpc ? "grpc" : "http/protobuf";
  }

  /** Refuses connections until {@link #up()}. */
  public void down() {
    if (httpServer != null) {
      httpServer.stop(0);
      httpServer = null;
    }
    if (grpcServer != null) {
      grpcServer.shutdownNow();
      grpcServer = null;
    }
  }

  /** Listens, after {@link #down()} on the same port as before. */
  public void up() {
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
      if (grpc) {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address);
        if (certificates != null) {
          builder.sslContext(
              GrpcSslContexts.configure(
                      io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder.forServer(
                          certificates.serverKeys()))
                  .trustManager(certificates.trust())
                  .clientAuth(certificates.mutual() ? ClientAuth.REQUIRE : ClientAuth.NONE)
                  .build());
        }
        grpcServer = builder.executor(threads).addService(new Traces()).build().start();
        port = grpcServer.getPort();
      } else {
        httpServer = certificates == null ? HttpServer.create() : HttpsServer.create();
        if (httpServer instanceof HttpsServer https) {
          https.setHttpsConfigurator(
              new HttpsConfigurator(certificates.serverContext()) {
                @Override
                public void configure(HttpsParameters parameters) {
                  SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                  ssl.setNeedClientAuth(certificates.mutual());
                  parameters.setSSLParameters(ssl);
                }
              });
        }
        httpServer.bind(address, 64);
        httpServer.createContext("/", this::receive);
        httpServer.setExecutor(threads);
        httpServer.start();
        port = httpServer.getAddress().getPort();
      }
    } catch (Exception e) {
      throw new IllegalStateException("cannot listen on port " + port, e);
    }
  }

  public List<Span> spans() {
    return List.copyOf(spans);
  }

  public void clear() {
    spans.clear();
    bodies.clear();
  }

  /** The batches as they came in, unpacked. */
  public List<byte[]> batches() {
    return List.copyOf(bodies);
  }

  /** What came in, byte for byte: for looking for a word that must not be there. */
  public boolean received(String word) {
    return bodies.stream()
        .anyMatch(body -> new String(body, java.nio.charset.StandardCharsets.UTF_8).contains(word));
  }

  /** The trace once it has its server span and nothing was added for a while. */
  public Trace trace(String traceId) {
    return trace(
        traceId, trace -> trace.spans().stream().anyMatch(s -> s.kind() == Span.Kind.SERVER));
  }

  /** The trace once the condition holds and nothing was added for a while, else as it is. */
  public Trace trace(String traceId, Predicate<Trace> complete) {
    await(() -> complete.test(now(traceId)));
    settle();
    return now(traceId);
  }

  /** All spans, once there are so many. */
  public List<Span> await(int count) {
    await(() -> spans.size() >= count);
    settle();
    return spans();
  }

  private Trace now(String traceId) {
    return new Trace(spans.stream().filter(s -> s.traceId().equals(traceId)).toList());
  }

  /**
   * Spans of one trace may come in two batches: waits until none came for 100 ms. {@link
   * App.Launch#agent} lets the agent send what ended within some 40 ms.
   */
  public void settle() {
    int before;
    do {
      before = spans.size();
      sleep(100);
    } while (spans.size() != before);
  }

  public static boolean await(java.util.function.BooleanSupplier condition) {
    return await(PATIENCE, condition);
  }

  public static boolean await(Duration patience, java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      sleep(20);
    }
    return true;
  }

  public static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    down();
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean zipped =
          "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream in = exchange.getRequestBody();
      byte[] body = (zipped ? new GZIPInputStream(in) : in).readAllBytes();
      byte[] answer = new byte[0];
      if (exchange.getRequestURI().getPath().equals("/v1/traces")) {
        add(ExportTraceServiceRequest.parseFrom(body));
        answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void add(ExportTraceServiceRequest request) {
    bodies.add(request.toByteArray());
    for (ResourceSpans resource : request.getResourceSpansList()) {
      Map<String, Object> attributes = map(resource.getResource().getAttributesList());
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        for (io.opentelemetry.proto.trace.v1.Span span : scope.getSpansList()) {
          spans.add(span(span, attributes));
        }
      }
    }
  }

  private static Span span(
      io.opentelemetry.proto.trace.v1.Span span, Map<String, Object> resource) {
    HexFormat hex = HexFormat.of();
    List<Span.Event> events = new ArrayList<>();
    for (io.opentelemetry.proto.trace.v1.Span.Event event : span.getEventsList()) {
      events.add(new Span.Event(event.getName(), map(event.getAttributesList())));
    }
    return new Span(
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        Span.Kind.values()[span.getKindValue()],
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
        map(span.getAttributesList()),
        events,
        resource);
  }

  private static Map<String, Object> map(List<KeyValue> attributes) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      map.put(attribute.getKey(), value(attribute.getValue()));
    }
    return map;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(Otlp::value).toList();
      default -> value.toString();
    };
  }

  private final class Traces extends TraceServiceGrpc.TraceServiceImplBase {
    @Override
    public void export(
        ExportTraceServiceRequest request, StreamObserver<ExportTraceServiceResponse> answer) {
      add(request);
      answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }
}
