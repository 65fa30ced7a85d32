package dev.atalaya.it.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Jaeger;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Shop;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop and its partner, each under an agent of its own, in a real Jaeger. */
final class JaegerSearchIT {
  @TempDir Path folder;

  @Test
  void checkout_is_one_trace_of_both_services_and_is_found_by_route_error_and_finding()
      throws Exception {
    try (Jaeger jaeger = Jaeger.onDisk(folder);
        App partner = to(jaeger, "partner", Shop.partner()).start();
        App shop =
            to(jaeger, "shop", Shop.launch("small"))
                .arguments("--shop.partner.url=http://localhost:" + partner.port())
                .start()) {
      String klara = Shop.login(shop, "klara10@example.com"); // with 24 items in the cart
      String traceId = App.hex(16);
      Shop.Visit checkout = new Shop.Visit("POST", "/api/checkout", "", "", 201);
      String context = "00-" + traceId + "-" + App.hex(8) + "-01";
      assertEquals(
          201, Shop.visit(shop, checkout, "Cookie", klara, "traceparent", context).statusCode());
      Shop.visit(shop, new Shop.Visit("GET", "/api/broken", null, "", 500));

      // The checkout, its 26 questions to the partner, and the partner's own span of each.
      JsonNode spans = jaeger.spans(traceId, 1 + 2 * 26);
      Set<String> names = new HashSet<>();
      spans.forEach(span -> names.add(span.get("operationName").asText()));
      for (String name : List.of("POST /api/checkout", "GET /shipping", "POST /payments")) {
        assertTrue(names.contains(name), names::toString);
      }
      assertTrue(jaeger.services().containsAll(Set.of("shop", "partner")));

      assertFound(jaeger, "shop", "http.route", "/api/checkout", traceId);
      assertFound(jaeger, "partner", "http.route", "/payments", traceId);
      assertFound(jaeger, "shop", "atalaya.finding.kind", "n_plus_one_http", traceId);
      assertTrue(Otlp.await(() -> !jaeger.search("shop", "error", "true").isEmpty()));
      Set<String> failed = jaeger.search("shop", "error", "true");
      assertEquals(1, failed.size(), failed::toString);
      assertFalse(failed.contains(traceId), failed::toString);
    }
  }

  private static App.Launch to(Jaeger jaeger, String service, App.Launch launch) {
    return launch
        .agent(null)
        .property("otel.exporter.otlp.endpoint", jaeger.endpoint())
        .property("otel.service.name", service);
  }

  private static void assertFound(
      Jaeger jaeger, String service, String tag, String value, String traceId) {
    assertTrue(
        Otlp.await(() -> jaeger.search(service, tag, value).contains(traceId)),
        () -> tag + "=" + value);
  }
}
