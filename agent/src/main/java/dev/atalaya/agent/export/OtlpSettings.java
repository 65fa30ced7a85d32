package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Option;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.config.SmallFile;
import io.opentelemetry.exporter.internal.TlsConfigHelper;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** What OpenTelemetry's senders want to know, from the options of one signal. */
final class OtlpSettings implements HttpSenderConfig, GrpcSenderConfig {
  private static final long LONGEST_RESPONSE = 1 << 20;

  private final OtlpEndpoint endpoint;
  private final String method;
  private final Duration timeout;
  private final @Nullable Compressor compressor;
  private final Map<String, List<String>> headers = new LinkedHashMap<>();
  private final TlsConfigHelper tls = new TlsConfigHelper();
  private final ExecutorService executor;

  /** Throws where certificates or keys cannot be read, with what is wrong in words. */
  OtlpSettings(
      Options options,
      String signal,
      OtlpEndpoint endpoint,
      String agentVersion,
      ExecutorService executor)
      throws IOException {
    this.endpoint = endpoint;
    this.executor = executor;
    boolean traces = signal.equals("traces");
    method =
        "opentelemetry.proto.collector."
            + (traces ? "trace.v1.TraceService" : "metrics.v1.MetricsService")
            + "/Export";
    timeout = Duration.ofNanos(options.get(Options.OTLP_TIMEOUT, signal));
    boolean gzip = options.get(Options.OTLP_COMPRESSION, signal).equals("gzip");
    compressor = gzip ? new Gzip() : null;
    headers.put(
        "User-Agent", Collections.singletonList("OTel-OTLP-Exporter-Java/atalaya-" + agentVersion));
    options
        .get(Options.OTLP_HEADERS, signal)
        .forEach((name, value) -> headers.put(name, Collections.singletonList(value)));
    if (endpoint.uri.getScheme().equals("https")) readCertificates(options, signal);
  }

  private void readCertificates(Options options, String signal) throws IOException {
    byte[] trusted = file(options, signal, Options.OTLP_CERTIFICATE);
    if (trusted != null) tls.setTrustManagerFromCerts(trusted);
    byte[] key = file(options, signal, Options.OTLP_CLIENT_KEY);
    byte[] certificate = file(options, signal, Options.OTLP_CLIENT_CERTIFICATE);
    if (key != null && certificate != null) {
      tls.setKeyManagerFromCerts(key, certificate);
    } else if (key != null || certificate != null) {
      throw new IOException("client.key and client.certificate have to be set together");
    }
  }

  private static byte @Nullable [] file(Options options, String signal, Option<String> option)
      throws IOException {
    String path = options.get(option, signal);
    if (path.isEmpty()) return null;
    try {
      return SmallFile.read(new File(path));
    } catch (IOException wrong) {
      throw new IOException(option.key() + ": cannot read " + path + ": " + wrong.getMessage());
    }
  }

  @Override
  public URI getEndpoint() {
    return endpoint.uri;
  }

  @Override
  public String getContentType() {
    return "application/x-protobuf";
  }

  @Override
  public String getFullMethodName() {
    return method;
  }

  @Override
  public @Nullable Compressor getCompressor() {
    return compressor;
  }

  @Override
  public Duration getTimeout() {
    return timeout;
  }

  @Override
  public Duration getConnectTimeout() {
    return timeout;
  }

  @Override
  public Supplier<Map<String, List<String>>> getHeadersSupplier() {
    return () -> headers;
  }

  @Override
  public @Nullable ProxyOptions getProxyOptions() {
    return null;
  }

  /** {@link ExportQueue} tries again: a sender would hold its thread asleep. */
  @Override
  public @Nullable RetryPolicy getRetryPolicy() {
    return null;
  }

  @Override
  public @Nullable SSLContext getSslContext() {
    return tls.getSslContext();
  }

  @Override
  public @Nullable X509TrustManager getTrustManager() {
    return tls.getTrustManager();
  }

  @Override
  public ExecutorService getExecutorService() {
    return executor;
  }

  @Override
  public long getMaxResponseBodySize() {
    return LONGEST_RESPONSE;
  }

  @Override
  public @Nullable List<String> getEnabledProtocols() {
    return null;
  }

  private static final class Gzip implements Compressor {
    @Override
    public String getEncoding() {
      return "gzip";
    }

    @Override
    public OutputStream compress(OutputStream out) throws IOException {
      return new GZIPOutputStream(out, 8192);
    }
  }
}
