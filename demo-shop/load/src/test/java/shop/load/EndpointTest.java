package shop.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EndpointTest {
  private static final String SLOW = "atalaya.slow.request.threshold";

  @Test
  void no_two_endpoints_share_a_title() {
    Set<String> titles = new HashSet<>();
    for (Endpoint endpoint : Endpoint.values()) {
      assertTrue(titles.add(endpoint.title()), endpoint.title());
    }
  }

  @Test
  void the_agent_calls_slow_what_is_critical_for_the_endpoint() throws IOException {
    Properties options = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("..", "atalaya.properties"))) {
      options.load(file);
    }
    for (Endpoint endpoint : Endpoint.values()) {
      String own = options.getProperty(SLOW + "." + endpoint.entryPoint());
      String threshold = own == null ? options.getProperty(SLOW) : own;
      assertEquals(endpoint.kind().critical(), millis(threshold), endpoint.entryPoint());
    }
  }

  private static int millis(String duration) {
    return duration.endsWith("ms")
        ? Integer.parseInt(duration.replace("ms", ""))
        : 1_000 * Integer.parseInt(duration.replace("s", ""));
  }
}
