package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be told of a web framework's requests, and what may not change in its answers: of an
 * application that has the pages of {@code app.OrderPages}.
 */
public final class WaysToRoute {
  private static final int STATEMENTS = 3;

  private final Otlp otlp;
  private final App app;
  private final App bare;
  private final String prefix;
  private final String unmatched;
  private String parameter = "{$1}";

  private WaysToRoute(Otlp otlp, App app, App bare, String prefix, String unmatched) {
    this.otlp = otlp;
    this.app = app;
    this.bare = bare;
    this.prefix = prefix;
    this.unmatched = unmatched;
  }

  /** More to ask of the same application. */
  public interface More {
    void ask(WaysToRoute ways) throws Exception;
  }

  /**
   * @param prefix where the application is served
   * @param unmatched the route of a path that is none of the application's; null for none
   */
  public static void check(Supplier<App.Launch> launch, String prefix, String unmatched, More more)
      throws Exception {
    try (Otlp otlp = Otlp.http();
        App bare = launch.get().start();
        App app = launch.get().nothingIsSlow().agent(otlp).start()) {
      WaysToRoute ways = new WaysToRoute(otlp, app, bare, prefix, unmatched);
      more.ask(ways);
      assertFalse(app.metrics().text().contains("CANARY"), "a path is a label");
    }
  }

  /** As the framework writes a path's parameter: {@code :$1} for {@code :id}. */
  public WaysToRoute writtenAs(String parameter) {
    this.parameter = parameter;
    return this;
  }

  public void all() throws Exception {
    atOnce();
    later();
    whoHangsUpIsOneRequest("/orders/15/stream");
    whoHangsUpIsOneRequest("/orders/16/later");
  }

  /** On streams of one connection, side by side; the first of them is an upgraded request. */
  public void byHttp2() throws Exception {
    bare.by(HttpClient.Version.HTTP_2);
    app.by(HttpClient.Version.HTTP_2);
    atOnce();
    later();
  }

  /** What is answered before the handler returns. */
  public void atOnce() throws Exception {
    Span order = found("/orders/CANARY-1", 200, "/orders/{id}");
    assertEquals("GET", order.get("http.request.method"));
    assertFalse(order.error());
    found("/orders/2/lines/CANARY-3", 200, "/orders/{id}/lines/{line}");
    assertFalse(found("/orders/4/refused", 422, "/orders/{id}/refused").error());
    failed("/orders/5/unavailable", 503, "/orders/{id}/unavailable", "UnsupportedOperation");
    failed("/orders/6/broken", 500, "/orders/{id}/broken", "IllegalState");

    Span stream = found("/orders/9/stream", 200, "/orders/{id}/stream");
    assertTrue(stream.end() - stream.start() >= 90_000_000, "until all was written");

    Span missing = asked("GET", "/nowhere/CANARY-4");
    assertEquals(404L, missing.get("http.response.status_code"), missing::toString);
    assertEquals(unmatched, missing.get("http.route"), missing::toString);
    assertEquals("HEAD", asked("HEAD", "/orders/10").get("http.request.method"));
    asked("POST", "/orders/11");
    asked("OPTIONS", "/orders/11");
    assertEquals("_OTHER", asked("BREW", "/orders/12").get("http.request.method"));

    atTheSameTime("/orders/13");
    nothingElseIsSaid();
  }

  public void later() throws Exception {
    Span later = found("/orders/7/later", 200, "/orders/{id}/later");
    assertTrue(later.end() - later.start() >= 90_000_000, "until it was answered");
    failed("/orders/8/later-broken", 500, "/orders/{id}/later-broken", "IllegalState");
    atTheSameTime("/orders/14/later");
    nothingElseIsSaid();
  }

  /** The span of a GET that found that route, below the prefix. */
  public Span found(String path, int status, String route) {
    Span span = asked("GET", path);
    assertEquals((long) status, span.get("http.response.status_code"), span::toString);
    assertEquals(template(route), span.get("http.route"), span::toString);
    assertEquals("GET " + template(route), span.name());
    return span;
  }

  private String template(String route) {
    return prefix + route.replaceAll("\\{(\\w+)}", parameter);
  }

  public void failed(String path, int status, String route, String exception) {
    Span span = found(path, status, route);
    assertTrue(span.error(), span::toString);
    assertEquals("java.lang." + exception + "Exception", span.get("error.type"), span::toString);
  }

  /** The span of a request that is answered as without the agent, by a status that it has. */
  public Span asked(String method, String path) {
    String traceId = App.hex(16);
    HttpResponse<String> answer = app.send(request(app, method, path, traceId));
    HttpResponse<String> plain = bare.send(request(bare, method, path, App.hex(16)));
    assertEquals(app.version(), answer.version());
    assertEquals(text(plain), text(answer), () -> method + " " + path);
    Span span = otlp.trace(traceId).assertCallsInsideServer().server();
    assertEquals((long) answer.statusCode(), span.get("http.response.status_code"), span::toString);
    assertFalse(span.name().contains("CANARY"), span::toString);
    return span;
  }

  private HttpRequest request(App to, String method, String path, String traceId) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + prefix + path))
        .header("traceparent", "00-" + traceId + "-" + App.hex(8) + "-01")
        .method(method, HttpRequest.BodyPublishers.noBody())
        .build();
  }

  /** All of an answer that is the same each time. */
  private static String text(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().removeIf(name -> name.equalsIgnoreCase("date"));
    String body = answer.body().replaceAll(":\\d{5}\\b", ":port");
    return answer.statusCode() + " " + headers + "\n" + body;
  }

  /** Asks for a page that reads orders, for many at once. */
  public void atTheSameTime(String path) throws Exception {
    ExecutorService visitors = Executors.newFixedThreadPool(40);
    try {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < 40; i++) {
        String traceId = App.hex(16);
        ids.add(traceId);
        answers.add(visitors.submit(() -> app.send(request(app, "GET", path, traceId))));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        assertEquals(200, answer.get().statusCode());
      }
      eachHasReadItsOwn(ids);
    } finally {
      visitors.shutdown();
    }
  }

  /** Asks for pages that read orders by one connection, before the first of them is answered. */
  public void pipelined(String... paths) throws IOException {
    Set<String> ids = new HashSet<>();
    try (Socket socket = new Socket("127.0.0.1", app.port())) {
      for (String path : paths) {
        String traceId = App.hex(16);
        ids.add(traceId);
        ask(socket, "GET", path, traceId);
      }
      eachHasReadItsOwn(ids);
    }
  }

  /** Posts a body that comes later than its head. */
  public void posted(String path, String body) throws IOException {
    String traceId = App.hex(16);
    try (Socket socket = new Socket("127.0.0.1", app.port())) {
      String length = "Content-Length: " + body.length();
      ask(socket, "POST", path, traceId, "Content-Type: text/plain", length);
      Otlp.sleep(100);
      send(socket, body);
      eachHasReadItsOwn(Set.of(traceId));
    }
  }

  private void eachHasReadItsOwn(Set<String> ids) {
    Map<String, List<Span>> traces = traces(ids);
    assertEquals(ids, traces.keySet());
    for (List<Span> spans : traces.values()) {
      Trace trace = new Trace(spans).assertCallsInsideServer();
      assertNotEquals(null, trace.server().get("http.route"), trace::toString);
      List<Span> read = trace.where(span -> span.name().equals("SELECT orders"));
      assertEquals(STATEMENTS, read.size(), trace::toString);
    }
  }

  private Map<String, List<Span>> traces(Set<String> ids) {
    Otlp.await(
        () ->
            otlp.spans().stream()
                    .filter(s -> s.kind() == Span.Kind.SERVER && ids.contains(s.traceId()))
                    .count()
                == ids.size());
    otlp.settle();
    return otlp.spans().stream()
        .filter(span -> ids.contains(span.traceId()))
        .collect(Collectors.groupingBy(Span::traceId));
  }

  /** Asks for a page that reads orders in a loop, so many times. */
  public void repeats(String path, String route, int reads) {
    String name = found(path, 200, route).name();
    JsonNode finding =
        Told.await(app, name, one -> one.at("/operation/count_max").asInt() == reads);
    assertEquals("n_plus_one", finding.at("/kind").asText(), finding::toString);
    assertEquals("app.OrderPages.order", finding.at("/call_site/function").asText());
  }

  public void whoHangsUpIsOneRequest(String path) {
    String traceId = App.hex(16);
    hangUp(bare, path, traceId);
    hangUp(app, path, traceId);
    Span span = otlp.trace(traceId).server();
    assertNotEquals(null, span.get("http.route"), span::toString);
  }

  private void hangUp(App on, String path, String traceId) {
    try (Socket socket = asks(on, path, traceId)) {
      Otlp.sleep(20);
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks for a page that answers by another protocol, which goes on. */
  public void upgraded(String path, String route) {
    String traceId = App.hex(16);
    try (Socket socket = asks(app, path, traceId, "Connection: Upgrade", "Upgrade: echo")) {
      Span span = otlp.trace(traceId).server();
      assertEquals(101L, span.get("http.response.status_code"), span::toString);
      assertEquals(template(route), span.get("http.route"), span::toString);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket asks(App on, String path, String traceId, String... headers) throws IOException {
    Socket socket = new Socket("127.0.0.1", on.port());
    ask(socket, "GET", path, traceId, headers);
    return socket;
  }

  private void ask(Socket socket, String method, String path, String traceId, String... headers)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + prefix + path + " HTTP/1.1");
    lines.add("Host: localhost");
    lines.add("traceparent: 00-" + traceId + "-" + App.hex(8) + "-01");
    lines.addAll(List.of(headers));
    send(socket, String.join("\r\n", lines) + "\r\n\r\n");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void nothingElseIsSaid() {
    Set<String> said = lines(bare).collect(Collectors.toSet());
    assertEquals(List.of(), lines(app).filter(line -> !said.contains(line)).distinct().toList());
  }

  /**
   * Of what is said, the words without their order, as those of sets have none, and without times
   * and ports; frames differ by the thread.
   */
  private static Stream<String> lines(App app) {
    return (app.output() + app.errors())
        .lines()
        .filter(line -> !line.contains("atalaya") && !line.startsWith("\tat "))
        .map(line -> line.replaceAll("@[0-9a-f]+|\\b(0x)?[0-9a-f]*\\d[0-9a-f]*\\b", "#"))
        .map(line -> Stream.of(line.split("[^\\w.#]+")).sorted().collect(Collectors.joining(" ")));
  }
}
