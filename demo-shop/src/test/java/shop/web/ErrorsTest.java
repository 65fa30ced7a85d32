package shop.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What the shop tells its keeper: lines of JSON, and the catalogue of errors. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.size=small", "shop.trace-url=http://traces.example.com/{traceId}"})
@ExtendWith(OutputCaptureExtension.class)
class ErrorsTest {
  private static final Queue<String> LEFT_BEHIND = new ConcurrentLinkedQueue<>();

  @LocalServerPort private int port;

  @TestConfiguration
  static class Surroundings {

    /** As an agent does, this puts a trace id into the context of what is logged. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    Filter traced() {
      return (request, response, chain) -> {
        String trace = ((HttpServletRequest) request).getParameter("trace");
        if (trace != null) {
          MDC.put("trace_id", trace);
        }
        chain.doFilter(request, response);
      };
    }

    @Bean
    ServletRequestListener watcher() {
      return new ServletRequestListener() {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
          // The container logs after the filters; so this is where the trace ends.
          MDC.remove("trace_id");
          String route = MDC.get("http.route");
          if (route != null) {
            LEFT_BEHIND.add(route);
          }
        }
      };
    }
  }

  @Test
  void exception_that_nobody_handled_is_in_the_catalogue_with_its_way_to_the_trace() {
    String trace = "0123456789abcdef0123456789abcdef";
    Visitor visitor = new Visitor(port);
    int before = count(visitor);
    visitor.get("/api/broken?trace=" + trace);
    visitor.get("/api/broken?trace=" + trace);

    Map<String, Object> error = broken(visitor);

    assertThat(error)
        .containsEntry("type", "java.lang.IllegalStateException")
        .containsEntry("message", "Somebody forgot a case.")
        .containsEntry("entry", "GET /api/broken")
        .containsEntry("count", before + 2);
    assertThat((String) error.get("frame")).startsWith("shop.web.OddController.broken(");
    assertThat(visitor.get("/errors").body())
        .contains("Somebody forgot a case.", "GET /api/broken")
        .contains("href=\"http://traces.example.com/" + trace + "\"");
  }

  @Test
  void error_that_was_logged_twice_on_its_way_out_is_one_and_its_text_is_escaped() {
    IllegalArgumentException thrown = new IllegalArgumentException("<script>of the test</script>");
    LoggerFactory.getLogger("first").error("on its way", thrown);
    LoggerFactory.getLogger("second").warn("wrapped", new IllegalStateException("wrapped", thrown));
    LoggerFactory.getLogger("third").info("for information", new Exception("not meant"));

    Visitor visitor = new Visitor(port);
    List<Map<String, Object>> found =
        JsonPath.read(
            visitor.get("/api/errors").body(), "$.errors[?(@.message =~ /.*of the test.*/)]");
    assertThat(found).hasSize(1);
    assertThat(found.get(0)).containsEntry("count", 1).containsEntry("entry", "main");
    assertThat(visitor.get("/errors").body())
        .contains("&lt;script&gt;of the test")
        .doesNotContain("<script", "not meant");
  }

  @Test
  void no_request_begins_with_the_route_of_another() {
    Visitor visitor = new Visitor(port);
    for (int i = 0; i < 30; i++) {
      visitor.get("/api/async/3");
      visitor.get("/api/broken");
      visitor.get("/shop.css");
      visitor.get("/nowhere");
    }
    assertThat(LEFT_BEHIND).isEmpty();
  }

  @Test
  void what_happens_is_told_in_json_with_its_route_and_without_anybodys_address(
      CapturedOutput output) {
    Visitor visitor = new Visitor(port);
    visitor.send("/login", "email", "grete50@example.com", "password", "secret-guess");
    visitor.send("/login", "email", "felix16@example.com", "password", "shop");
    visitor.send("/checkout");
    visitor.send("/checkout");
    visitor.get("/api/broken");

    Map<String, Object> login = line(output, "Login failed");
    assertThat(JsonPath.<String>read(login, "$.user.hash")).matches("[0-9a-f]{12}");
    assertThat(JsonPath.<String>read(login, "$.http.route")).isEqualTo("/login");
    assertThat(JsonPath.<String>read(login, "$.http.request.method")).isEqualTo("POST");
    Map<String, Object> placed = line(output, "Order placed");
    assertThat(JsonPath.<Integer>read(placed, "$.shop.customer")).isEqualTo(16);
    assertThat(JsonPath.<String>read(placed, "$.shop.payment"))
        .isEqualTo("PAY-" + JsonPath.<Integer>read(placed, "$.shop.order"));
    Map<String, Object> refused = line(output, "Checkout refused");
    assertThat(JsonPath.<String>read(refused, "$.shop.reason")).isEqualTo("The cart is empty.");
    Map<String, Object> error = line(output, "Somebody forgot a case.");
    assertThat(JsonPath.<String>read(error, "$.error.type")).endsWith("IllegalStateException");
    assertThat(JsonPath.<String>read(error, "$.error.stack_trace"))
        .contains("at shop.web.OddController.broken");
    assertThat(output.getAll()).doesNotContain("grete50", "felix16", "secret-guess");
  }

  private static Map<String, Object> line(CapturedOutput output, String part) {
    return output
        .getOut()
        .lines()
        .filter(line -> line.contains(part))
        .map(line -> JsonPath.<Map<String, Object>>read(line, "$"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(part + " in\n" + output));
  }

  private static int count(Visitor visitor) {
    List<Integer> counts = JsonPath.read(report(visitor), broken() + ".count");
    return counts.isEmpty() ? 0 : counts.get(0);
  }

  private static Map<String, Object> broken(Visitor visitor) {
    List<Map<String, Object>> found = JsonPath.read(report(visitor), broken());
    return found.get(0);
  }

  private static String broken() {
    return "$.errors[?(@.message == 'Somebody forgot a case.')]";
  }

  private static String report(Visitor visitor) {
    return visitor.get("/api/errors").body();
  }
}
