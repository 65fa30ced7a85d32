package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtlpEndpointTest {
  @ParameterizedTest
  @CsvSource({
    "http://c:4318,                http://c:4318/v1/traces",
    "http://c:4318/,               http://c:4318/v1/traces",
    "https://c/otlp,               https://c/otlp/v1/traces",
    "https://c/otlp/?key=v,        https://c/otlp/v1/traces?key=v",
    "c:4318,                       http://c:4318/v1/traces",
    "http://[::1]:4318,            http://[::1]:4318/v1/traces",
    "ftp://c:4318,                 http://localhost:4318/v1/traces",
    "http:// c,                    http://localhost:4318/v1/traces"
  })
  void common_endpoint_gets_the_path_of_the_signal(String endpoint, String uri) {
    assertEquals(uri, endpoint("otel.exporter.otlp.endpoint=" + endpoint, false).uri.toString());
  }

  @Test
  void own_endpoint_of_the_signal_is_taken_as_it_is() {
    String common = "otel.exporter.otlp.endpoint=http://a:1,";

    assertEquals(
        "http://b:2/",
        endpoint(common + "otel.exporter.otlp.traces.endpoint=http://b:2", false).uri.toString());
    assertEquals(
        "http://b:2/x",
        endpoint(common + "otel.exporter.otlp.traces.endpoint=http://b:2/x", false).uri.toString());
  }

  @Test
  void grpc_has_a_port_of_its_own_and_no_path() {
    assertEquals("http://localhost:4317", endpoint("", true).uri.toString());
    assertEquals(
        "https://c:4317/",
        endpoint("otel.exporter.otlp.endpoint=https://c:4317", true).uri.toString());
  }

  @Test
  void only_what_the_user_named_is_configured() {
    assertFalse(endpoint("", false).configured);
    assertTrue(endpoint("otel.exporter.otlp.endpoint=http://localhost:4318", false).configured);
  }

  @Test
  void credentials_are_not_shown() {
    String shown =
        endpoint("otel.exporter.otlp.endpoint=https://ann:pw@c:1/x?token=t", false).toString();

    assertEquals("https://c:1/x/v1/traces", shown);
  }

  private static OtlpEndpoint endpoint(String options, boolean grpc) {
    return OtlpEndpoint.of(Options.read(options), "traces", grpc);
  }
}
