package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import io.opentelemetry.exporter.sender.okhttp.internal.OkHttpGrpcSenderProvider;
import io.opentelemetry.exporter.sender.okhttp.internal.OkHttpHttpSenderProvider;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An OTLP target. Its sender is made with the first batch, on a thread of its own: plain sockets,
 * or for gRPC and through proxies OpenTelemetry's sender on OkHttp, which loads Kotlin.
 */
final class OtlpTarget implements ExportTarget {
  private final Options options;
  private final String signal;
  private final String agentVersion;
  private final boolean grpc;
  private final OtlpEndpoint endpoint;
  private final ExecutorService executor;
  private volatile @Nullable Sender sender;

  /** {@code signal}: traces or metrics. */
  OtlpTarget(Options options, String signal, String agentVersion) {
    this.options = options;
    this.signal = signal;
    this.agentVersion = agentVersion;
    grpc = options.get(Options.OTLP_PROTOCOL, signal).equals("grpc");
    endpoint = OtlpEndpoint.of(options, signal, grpc);
    executor = ExportThreads.executor("atalaya-export");
  }

  boolean configured() {
    return endpoint.configured;
  }

  @Override
  public String address() {
    return endpoint.toString();
  }

  @Override
  public void send(Batch batch, Consumer<Outcome> outcome) {
    Sender ready = sender;
    try {
      if (ready != null) ready.send(batch, outcome);
      else executor.execute(() -> makeAndSend(batch, outcome));
    } catch (RejectedExecutionException closed) {
      outcome.accept(Outcome.of(Outcome.Kind.RETRY, "busy"));
    }
  }

  private void makeAndSend(Batch batch, Consumer<Outcome> outcome) {
    Sender made;
    try {
      synchronized (this) {
        if (sender == null) sender = make();
        made = sender;
      }
    } catch (Throwable impossible) {
      outcome.accept(Outcomes.of(impossible, true));
      return;
    }
    try {
      made.send(batch, outcome);
    } catch (Throwable unsent) {
      outcome.accept(Outcome.UNSENT);
    }
  }

  private Sender make() throws Exception {
    OtlpSettings settings = new OtlpSettings(options, signal, endpoint, agentVersion, executor);
    if (grpc) return new OverGrpc(new OkHttpGrpcSenderProvider().createSender(settings));
    if (isDirect(endpoint.uri)) return new DirectSender(settings, executor);
    return new OverHttp(new OkHttpHttpSenderProvider().createSender(settings));
  }

  private static boolean isDirect(URI uri) {
    try {
      ProxySelector selector = ProxySelector.getDefault();
      List<Proxy> proxies = selector == null ? null : selector.select(uri);
      return proxies == null || proxies.isEmpty() || proxies.get(0).type() == Proxy.Type.DIRECT;
    } catch (RuntimeException ofTheApplication) {
      return true;
    }
  }

  @Override
  public void expire(long now) {
    Sender ready = sender;
    if (ready != null) ready.expire(now);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private static final class OverHttp implements Sender {
    private final HttpSender sender;

    OverHttp(HttpSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(Batch batch, Consumer<Outcome> outcome) {
      Consumer<HttpResponse> answered =
          answer ->
              outcome.accept(Outcomes.ofHttp(answer.getStatusCode(), answer.getResponseBody()));
      sender.send(batch, answered, error -> outcome.accept(Outcomes.of(error, false)));
    }
  }

  private static final class OverGrpc implements Sender {
    private final GrpcSender sender;

    OverGrpc(GrpcSender sender) {
      this.sender = sender;
    }

    @Override
    public void send(Batch batch, Consumer<Outcome> outcome) {
      Consumer<GrpcResponse> answered =
          answer ->
              outcome.accept(
                  Outcomes.ofGrpc(
                      answer.getStatusCode(),
                      answer.getStatusDescription(),
                      answer.getResponseMessage()));
      sender.send(batch, answered, error -> outcome.accept(Outcomes.of(error, false)));
    }
  }
}
