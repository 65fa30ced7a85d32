package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one signal is sent, by the rules of the OTLP exporter's specification: over HTTP the
 * signal's own endpoint is taken as it is, the common one gets {@code /v1/traces} appended.
 */
final class OtlpEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpEndpoint.class);

  final URI uri;

  /** Whether the user named it. */
  final boolean configured;

  private OtlpEndpoint(URI uri, boolean configured) {
    this.uri = uri;
    this.configured = configured;
  }

  static OtlpEndpoint of(Options options, String signal, boolean grpc) {
    boolean own = options.isSet(Options.OTLP_ENDPOINT, signal);
    String text = options.get(Options.OTLP_ENDPOINT, signal).trim();
    URI given = text.isEmpty() ? null : parse(text);
    if (given == null) {
      if (!text.isEmpty()) {
        LOG.warn("{} is no http or https URL; using the default", Options.OTLP_ENDPOINT.key());
      }
      URI standard = URI.create("http://localhost:" + (grpc ? "4317" : "4318"));
      return new OtlpEndpoint(grpc ? standard : withPath(standard, signal), false);
    }
    return new OtlpEndpoint(grpc || own ? rooted(given) : withPath(given, signal), true);
  }

  private static @Nullable URI parse(String text) {
    try {
      URI uri = new URI(text.contains("://") ? text : "http://" + text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null ? uri : null;
    } catch (URISyntaxException wrong) {
      return null;
    }
  }

  private static URI rooted(URI uri) {
    return uri.getRawPath().isEmpty() ? uri.resolve("/") : uri;
  }

  private static URI withPath(URI base, String signal) {
    String path = base.getRawPath();
    String slash = path.endsWith("/") ? "" : "/";
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return URI.create(
        base.getScheme() + "://" + base.getRawAuthority() + path + slash + "v1/" + signal + query);
  }

  /** Without user, password and query. */
  @Override
  public String toString() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }
}
