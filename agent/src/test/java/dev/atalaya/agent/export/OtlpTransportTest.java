package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.atalaya.agent.config.Options;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OTLP beyond plain HTTP: gRPC, and certificates on both sides. */
class OtlpTransportTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void grpc_frames_its_message_and_reads_the_status_of_the_trailers() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
      server.enqueue(grpc("14"));
      server.enqueue(grpc("0"));
      server.start();
      TraceExporter exporter =
          exporter(
              "otel.exporter.otlp.protocol=grpc,otel.exporter.otlp.compression=gzip,"
                  + "otel.exporter.otlp.headers=api-key=k,otel.bsp.schedule.delay=10,"
                  + "otel.exporter.otlp.endpoint=http://localhost:"
                  + server.getPort());
      try (Recording recording = new Recording(exporter)) {
        recording.start();
        recording.request(2);
        Collector.await("export", () -> exporter.exportedSpans() == 3);
      }

      server.takeRequest();
      RecordedRequest request = server.takeRequest();
      assertEquals(
          "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
          request.getUrl().encodedPath());
      assertEquals("k", request.getHeaders().get("api-key"));
      assertEquals("application/grpc", request.getHeaders().get("content-type"));
      Buffer body = new Buffer().write(request.getBody());
      assertEquals(1, body.readByte(), "compressed");
      assertEquals(body.size() - 4, body.readInt());
      var sent = ExportTraceServiceRequest.parseFrom(new GZIPInputStream(body.inputStream()));
      assertEquals(3, sent.getResourceSpans(0).getScopeSpans(0).getSpansCount());
    }
  }

  @Test
  void grpc_receiver_that_is_away_is_unreachable() throws Exception {
    TraceExporter exporter =
        exporter(
            "otel.exporter.otlp.protocol=grpc,otel.bsp.schedule.delay=10,"
                + "otel.exporter.otlp.endpoint=http://localhost:1");
    try (Recording recording = new Recording(exporter)) {
      recording.start();
      recording.request(1);
      Collector.await("refusal", () -> exporter.state().contains("connection refused"));
      assertEquals(2, exporter.queueSize());
    }
  }

  @Test
  void both_sides_show_their_certificates() throws Exception {
    KeyStore server = keys("server");
    KeyStore client = keys("client");
    try (Collector collector = new Collector(https(server, client))) {
      TraceExporter exporter =
          exporter(
              "otel.exporter.otlp.endpoint=https://localhost:"
                  + collector.port()
                  + ",otel.exporter.otlp.certificate="
                  + certificate(server)
                  + ",otel.exporter.otlp.client.key="
                  + key(client)
                  + ",otel.exporter.otlp.client.certificate="
                  + certificate(client));
      try (Recording recording = new Recording(exporter)) {
        recording.start();
        recording.request(1);
      }

      assertEquals(2, exporter.exportedSpans(), exporter.state());
    }
  }

  @Test
  void receiver_that_is_not_trusted_gets_nothing() throws Exception {
    KeyStore server = keys("server");
    try (Collector collector = new Collector(https(server, server))) {
      TraceExporter exporter =
          exporter(
              "otel.bsp.schedule.delay=10,otel.exporter.otlp.endpoint=https://localhost:"
                  + collector.port());
      try (Recording recording = new Recording(exporter)) {
        recording.start();
        recording.request(1);
        Collector.await("refusal", () -> exporter.state().contains("cannot be reached"));
      }

      assertTrue(exporter.state().contains("PKIX"), exporter.state());
      assertEquals(0, collector.requests.size());
    }
  }

  private static MockResponse grpc(String status) {
    return new MockResponse.Builder()
        .addHeader("content-type", "application/grpc")
        .body(new Buffer().write(new byte[5]))
        .trailers(Headers.of("grpc-status", status))
        .build();
  }

  private static TraceExporter exporter(String options) {
    Options read = Options.read(options);
    return new TraceExporter(read, Resource.of(read, "1.0"));
  }

  /** The JDK makes certificates only on the command line. */
  private KeyStore keys(String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (tool
                        + " -genkeypair -alias key -keyalg EC -dname CN=localhost -validity 2"
                        + " -ext san=dns:localhost -storepass changeit -keystore "
                        + store)
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), said);
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private String certificate(KeyStore keys) throws Exception {
    return pem("CERTIFICATE", keys.getCertificate("key").getEncoded());
  }

  private String key(KeyStore keys) throws Exception {
    Key key = keys.getKey("key", PASSWORD);
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private String pem(String what, byte[] encoded) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Path file = Files.createTempFile(folder, "key", ".pem");
    return Files.writeString(
            file, "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n")
        .toString();
  }

  private static HttpsServer https(KeyStore own, KeyStore trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    certificates.setCertificateEntry("client", trusted.getCertificate("key"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(certificates);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpsServer server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters needs = context.getDefaultSSLParameters();
            needs.setNeedClientAuth(true);
            parameters.setSSLParameters(needs);
          }
        });
    return server;
  }
}
