package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demo shop's jar, the visits paid to it and what they must look like in a trace. */
public final class Shop {
  private Shop() {}

  /** A request, the route that it belongs to and the status that the client sees. */
  public record Visit(String method, String path, String body, String route, int status) {
    public String name() {
      return method + " " + route;
    }
  }

  /** Who walks: a customer whose orders have five lines each. */
  public static final Visit LOGIN =
      new Visit("POST", "/api/login", credentials("elena4@example.com"), "/api/login", 200);

  public static final Visit SEARCH = get("/api/products?q=oak", "/api/products", 200);
  public static final Visit HEALTH = get("/health", "/health", 200);

  /** One walk through all that the shop has; the same walk gives the same answers. */
  public static final List<Visit> WALK =
      List.of(
          get("/", "/", 200),
          get("/?page=2", "/", 200),
          get("/products/7", "/products/{id}", 200),
          get("/cart", "/cart", 200),
          get("/orders", "/orders", 200),
          get("/api/categories", "/api/categories", 200),
          get("/api/products?page=1", "/api/products", 200),
          SEARCH,
          get("/api/products?sort=price&min=20&max=60", "/api/products", 200),
          get("/api/products/12", "/api/products/{id}", 200),
          get("/api/products/999999", "/api/products/{id}", 404),
          get("/api/products/12/recommendations", "/api/products/{id}/recommendations", 200),
          post(
              "/api/products/12/reviews",
              "{\"stars\":4,\"text\":\"Good.\"}",
              "/api/products/{id}/reviews"),
          get("/api/account", "/api/account", 200),
          get("/api/orders", "/api/orders", 200),
          get("/api/orders/69", "/api/orders/{id}", 200),
          get("/api/orders/70", "/api/orders/{id}", 404),
          get("/api/cart", "/api/cart", 200),
          post("/api/cart/items", "{\"product\":9,\"quantity\":2}", "/api/cart/items"),
          post("/api/checkout", "", "/api/checkout"),
          get("/api/reports/sales", "/api/reports/sales", 200),
          get("/api/reports/demand?q=oak", "/api/reports/demand", 200),
          get("/api/reports/orders", "/api/reports/orders", 200),
          get("/api/async/11", "/api/async/{id}", 200),
          get("/api/broken", "/api/broken", 500),
          HEALTH);

  private static String credentials(String email) {
    return "{\"email\":\"" + email + "\",\"password\":\"shop\"}";
  }

  private static Visit get(String path, String route, int status) {
    return new Visit("GET", path, null, route, status);
  }

  private static Visit post(String path, String body, String route) {
    return new Visit("POST", path, body, route, 201);
  }

  public static App.Launch launch() {
    return launch("small");
  }

  public static App.Launch launch(String size) {
    return App.jar(jar())
        .arguments("--server.port=0", "--shop.size=" + size)
        .ready("^The shop is open at http://localhost:(\\d+)/", Duration.ofSeconds(120));
  }

  /** The partner as a service of its own. */
  public static App.Launch partner() {
    return App.jar(jar())
        .arguments("--partner=0")
        .ready("^The partner listens at http://localhost:(\\d+)", Duration.ofSeconds(60));
  }

  private static Path jar() {
    Path jar = Path.of(System.getProperty("atalaya.shop.jar", "../demo-shop/target/demo-shop.jar"));
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("no shop at " + jar + ": run ./mvnw package first");
    }
    return jar.toAbsolutePath().normalize();
  }

  public static HttpResponse<String> visit(App shop, Visit visit, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + shop.port() + visit.path()));
    if (visit.body() == null) {
      request.method(visit.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(visit.method(), HttpRequest.BodyPublishers.ofString(visit.body()));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return shop.send(request.build());
  }

  /** Returns the cookie of a session that begins. */
  public static String login(App shop, String email) {
    Visit login = new Visit("POST", "/api/login", credentials(email), "/api/login", 200);
    return session(shop, login);
  }

  private static String session(App shop, Visit login) {
    HttpResponse<String> answer = visit(shop, login);
    assertEquals(200, answer.statusCode(), answer::body);
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  /** {@link #LOGIN}, and then these visits one after the other, each as expected. */
  public static void walk(App shop, List<Visit> visits) {
    walk(shop, session(shop, LOGIN), visits);
  }

  public static void walk(App shop, String cookie, List<Visit> visits) {
    for (Visit visit : visits) {
      HttpResponse<String> answer = visit(shop, visit, "Cookie", cookie);
      assertEquals(visit.status(), answer.statusCode(), () -> visit + ": " + answer.body());
    }
  }

  /** Each visit is one trace: a root server span with the route, all others beneath it. */
  public static void assertOneTraceEach(List<Visit> visits, List<Span> spans) {
    Map<String, List<Span>> traces = spans.stream().collect(Collectors.groupingBy(Span::traceId));
    Map<String, Integer> expected = new TreeMap<>();
    for (Visit visit : visits) {
      expected.merge(visit.name() + " " + visit.status(), 1, Integer::sum);
    }
    Map<String, Integer> seen = new TreeMap<>();
    for (List<Span> trace : traces.values()) {
      List<Span> roots = trace.stream().filter(Span::isRoot).toList();
      assertEquals(1, roots.size(), () -> "roots of " + new Trace(trace));
      Span root = roots.get(0);
      if (root.kind() != Span.Kind.SERVER) {
        continue; // the stock report, a job of its own
      }
      seen.merge(root.name() + " " + root.get("http.response.status_code"), 1, Integer::sum);
      assertEquals(root.text("http.request.method") + " " + root.text("http.route"), root.name());
      assertInside(trace);
    }
    assertEquals(expected, seen);
  }

  /** Every span's parent is there, and but for work after the answer it lies within it. */
  private static void assertInside(List<Span> trace) {
    Map<String, Span> byId = new HashMap<>();
    trace.forEach(span -> byId.put(span.spanId(), span));
    for (Span span : trace) {
      if (span.isRoot()) {
        continue;
      }
      Span parent = byId.get(span.parentId());
      assertTrue(parent != null, () -> "parent of " + span + " in " + new Trace(trace));
      boolean confirmation = span.text("db.query.text") != null && isConfirmation(span);
      if (span.kind() == Span.Kind.SERVER) {
        // The partner's handler ends when its answer is on the way, or has arrived.
        assertTrue(
            span.start() >= parent.start() && span.start() <= parent.end(),
            () -> span.name() + " outside of " + new Trace(trace));
      } else if (!confirmation) {
        assertTrue(span.within(parent), () -> span.name() + " outside of " + new Trace(trace));
      }
    }
  }

  /** Written by another thread after the checkout was answered, and the COMMIT of that. */
  private static boolean isConfirmation(Span span) {
    return span.text("db.query.text").contains("confirmations")
        || span.text("db.query.text").equalsIgnoreCase("commit");
  }

  /** The database calls that spans stand for: one each, or what was folded into one. */
  public static Map<String, Integer> calls(List<Span> spans) {
    Map<String, Integer> calls = new TreeMap<>();
    for (Span span : spans) {
      if (span.isDatabase()) {
        Object folded = span.get("atalaya.collapsed.count");
        calls.merge(
            span.text("db.system.name") + " " + span.text("db.query.summary"),
            folded == null ? 1 : ((Long) folded).intValue(),
            Integer::sum);
      }
    }
    return calls;
  }

  public static Map<String, Integer> calls(Metrics metrics) {
    Map<String, Integer> calls = new TreeMap<>();
    for (Metrics.Sample sample : metrics.of("db_client_operation_duration_seconds_count")) {
      calls.merge(
          sample.labels().get("db_system_name") + " " + sample.labels().get("db_query_summary"),
          (int) sample.value(),
          Integer::sum);
    }
    return calls;
  }

  public static Set<String> systems(List<Span> spans) {
    return new HashSet<>(
        spans.stream().filter(Span::isDatabase).map(s -> s.text("db.system.name")).toList());
  }

  /** Status, headers and body; without what differs from one second or session to the next. */
  public static List<String> answers(App shop, List<Visit> visits) {
    List<String> answers = new ArrayList<>();
    String cookie = session(shop, LOGIN);
    for (Visit visit : visits) {
      HttpResponse<String> answer = visit(shop, visit, "Cookie", cookie);
      Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
      headers.keySet().removeIf(name -> name.matches("(?i)date|set-cookie"));
      answers.add(
          visit.name() + "\n" + answer.statusCode() + "\n" + headers + "\n" + answer.body());
    }
    return answers;
  }

  /**
   * {@code (NaiveCarts.java:42)} of the expression, the first one behind those before it.
   *
   * @param file below the package {@code shop}, such as {@code naive/NaiveCarts}
   */
  public static String line(String file, String... expressions) throws IOException {
    Path folder = Path.of("..", "demo-shop", "src", "main", "java", "shop");
    List<String> lines = Files.readAllLines(folder.resolve(file + ".java"));
    int at = -1;
    for (String expression : expressions) {
      do {
        at++;
      } while (!lines.get(at).contains(expression));
    }
    return "(" + file.replaceAll(".*/", "") + ".java:" + (at + 1) + ")";
  }
}
