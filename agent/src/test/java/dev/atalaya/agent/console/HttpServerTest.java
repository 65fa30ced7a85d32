package dev.atalaya.agent.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracer;
import dev.atalaya.bridge.Tracing;
import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final String DOCTOR =
      "{\"version\":\"1\",\"seen\":{\"requests\":3,\"summary\":\"3 requests seen\"}}";
  private static final String SETTINGS =
      "{\"changeable\":true,\"settings\":[{\"key\":\"atalaya.a\",\"value\":\"5\"},"
          + "{\"key\":\"atalaya.ignore.fingerprints\",\"value\":\"p1-7\"}]}";
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
  private static final String LOOPBACK = "127.0.0.1";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<HttpServer> ports = new ArrayList<>();
  private final List<Map<String, String>> set = new ArrayList<>();

  @AfterEach
  void close() {
    ports.forEach(HttpServer::close);
  }

  // ---- What is served --------------------------------------------------------------------------

  @Test
  void metrics_are_text_unless_the_client_accepts_open_metrics() throws Exception {
    HttpServer port = open(LOOPBACK, "");

    HttpResponse<String> plain = get(port, "/metrics");
    assertEquals(200, plain.statusCode());
    assertEquals("text/plain; version=0.0.4; charset=utf-8", contentType(plain));
    assertTrue(plain.body().contains("\nshop_up 1.0\n"), plain.body());

    HttpResponse<String> open =
        get(
            port,
            "/metrics",
            "Accept",
            "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertTrue(contentType(open).startsWith("application/openmetrics-text"));
    assertTrue(open.body().endsWith("# EOF\n"));
  }

  @Test
  void metrics_are_zipped_where_the_client_accepts_that() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    HttpRequest request =
        HttpRequest.newBuilder(uri(port, "/metrics")).header("Accept-Encoding", "gzip").build();
    HttpResponse<byte[]> zipped = client.send(request, BodyHandlers.ofByteArray());

    assertEquals("gzip", zipped.headers().firstValue("Content-Encoding").orElse(""));
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
      assertEquals(get(port, "/metrics").body(), new String(in.readAllBytes()));
    }
  }

  @Test
  void some_metrics_can_be_asked_for_alone() throws Exception {
    HttpServer port = open(LOOPBACK, "");

    assertEquals(200, get(port, "/metrics?name%5B%5D=shop_up").statusCode());
    assertTrue(get(port, "/metrics?name%5B%5D=shop_up").body().contains("shop_up 1.0"));
    assertEquals("", get(port, "/metrics?name%5B%5D=other").body());
  }

  @Test
  void the_api_and_the_page_are_served() throws Exception {
    HttpServer port = open(LOOPBACK, "");

    assertEquals("[]", get(port, "/api/findings").body());
    assertEquals("[]", get(port, "/api/problems").body());
    assertEquals("application/json", contentType(get(port, "/api/findings")));
    assertEquals(DOCTOR, get(port, "/api/doctor").body());
    HttpResponse<String> page = get(port, "/");
    assertEquals("text/html; charset=utf-8", contentType(page));
    assertTrue(page.body().contains(">3 requests seen</p>"), page.body());
    assertTrue(page.body().contains("None so far."), page.body());
    assertEquals(404, get(port, "/problems/p1-0000000000000000").statusCode());
    assertEquals(404, get(port, "/api/nothing").statusCode());
    for (String path : List.of("/?q=%zz", "/api/problems/%zz", "/api/problems?q=%")) {
      String answer = raw(port, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    }
  }

  @Test
  void a_page_loads_nothing_but_what_the_port_serves() throws Exception {
    HttpServer port = open(LOOPBACK, "");

    HttpResponse<String> page = get(port, "/");
    String policy = page.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(
        policy.startsWith("default-src 'none'; style-src 'self'; script-src 'self'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(page.body().contains(" style="), page.body());
    assertEquals("text/css; charset=utf-8", contentType(get(port, "/console.css")));
    assertEquals("text/javascript; charset=utf-8", contentType(get(port, "/console.js")));
    assertTrue(page.body().contains("href=\"/console.css\""), page.body());
    assertTrue(page.body().contains("src=\"/console.js\""), page.body());
  }

  @Test
  void other_paths_are_not_found_and_other_methods_not_allowed() throws Exception {
    HttpServer port = open(LOOPBACK, "");

    assertEquals(404, get(port, "/nothing").statusCode());
    assertEquals(404, get(port, "/metrics/x").statusCode());
    HttpResponse<String> refused = post(port, "/metrics", "", null);
    assertEquals(405, refused.statusCode());
    assertEquals("GET, HEAD", refused.headers().firstValue("Allow").orElse(""));
    assertEquals(405, get(port, "/api/config").statusCode());
  }

  @Test
  void head_has_the_length_and_no_body() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    String answer = raw(port, "HEAD /api/findings HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertTrue(answer.contains("Content-Length: 2\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void a_supplier_that_throws_is_an_error_and_no_more() throws Exception {
    Site site =
        new Site("")
            .source(
                "doctor",
                query -> {
                  throw new IllegalStateException("secret");
                })
            .source("findings", query -> List.of());
    HttpServer port = keep(HttpServer.open(LOOPBACK, 0, site));

    HttpResponse<String> failed = get(port, "/api/doctor");
    assertEquals(500, failed.statusCode());
    assertFalse(failed.body().contains("secret"));
    assertEquals(200, get(port, "/api/findings").statusCode());
    assertEquals(404, get(port, "/metrics").statusCode(), "what is not given is not found");
  }

  // ---- To whom ---------------------------------------------------------------------------------

  @Test
  void on_loopback_only_names_of_this_machine_are_answered() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    for (String host : List.of("localhost", "LOCALHOST:80", "127.0.0.1:9464", "[::1]", "[::1]:1")) {
      assertTrue(rawGet(port, "/api/findings", host).startsWith("HTTP/1.1 200 "), host);
    }
    for (String host : List.of("evil.example", "evil.example:9464", "127.0.0.1.evil.example", "")) {
      for (String path : List.of("/metrics", "/api/findings", "/api/problems", "/")) {
        assertTrue(rawGet(port, path, host).startsWith("HTTP/1.1 403 "), host);
      }
    }
    assertTrue(raw(port, "GET /metrics HTTP/1.1\r\n\r\n").startsWith("HTTP/1.1 400 "));
    String twice = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n";
    assertTrue(raw(port, twice).startsWith("HTTP/1.1 400 "));
  }

  @Test
  void elsewhere_all_but_the_metrics_need_the_token() throws Exception {
    HttpServer port = open("0.0.0.0", "s3cret");
    for (String path : List.of("/api/findings", "/api/problems", "/api/doctor", "/")) {
      assertEquals(401, get(port, path).statusCode());
      assertEquals(
          List.of("Bearer", "Basic realm=\"Atalaya\""),
          get(port, path).headers().allValues("WWW-Authenticate"));
      assertEquals(401, get(port, path, "Authorization", "Bearer s3cre").statusCode());
      assertEquals(200, get(port, path, "Authorization", "Bearer s3cret").statusCode());
    }
    assertEquals(200, get(port, "/metrics").statusCode());
    String named = rawGet(port, "/metrics", "shop.example");
    assertTrue(named.startsWith("HTTP/1.1 200 "), "there any name may lead to us");
  }

  @Test
  void a_browser_has_the_token_as_its_password() throws Exception {
    HttpServer port = open("0.0.0.0", "s3:cret");
    for (String user : List.of("", "me", "\u00e9")) {
      assertEquals(200, get(port, "/", "Authorization", basic(user + ":s3:cret")).statusCode());
    }
    for (String wrong : List.of("me:s3:cre", "me:", ":", "s3:cret", "s3", "me:s3:cret ")) {
      assertEquals(401, get(port, "/", "Authorization", basic(wrong)).statusCode(), wrong);
    }
    for (String wrong : List.of("Basic", "Basic ", "Basic %%%", "Basic s3:cret", "Digest x")) {
      assertEquals(401, get(port, "/", "Authorization", wrong).statusCode(), wrong);
    }
    HttpServer none = open("0.0.0.0", "");
    assertEquals(403, get(none, "/", "Authorization", basic("me:")).statusCode());
  }

  private static String basic(String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void a_browser_posts_from_a_page_of_this_port_alone() throws Exception {
    HttpServer port = open(LOOPBACK, "s3cret");
    String own = "Origin: http://127.0.0.1:" + port.number() + "\r\n";
    List<String> may =
        List.of(
            "",
            own,
            own.replace("http:", "https:"),
            own + "Sec-Fetch-Site: same-origin\r\n",
            "Sec-Fetch-Site: none\r\n");
    List<String> mayNot =
        List.of(
            "Origin: http://evil.example\r\n",
            "Origin: http://127.0.0.1\r\n",
            "Origin: http://localhost:" + port.number() + "\r\n",
            "Origin: null\r\n",
            "Origin: \r\n",
            own + "Origin: http://evil.example\r\n",
            "Sec-Fetch-Site: cross-site\r\n",
            "Sec-Fetch-Site: same-site\r\n",
            own + "Sec-Fetch-Site: cross-site\r\n");
    for (String path : List.of("/api/config", "/mcp", "/settings", "/ignore")) {
      for (String headers : may) {
        String answer = rawPost(port, path, headers);
        assertTrue(answer.matches("(?s)HTTP/1.1 (200|303) .*"), headers + answer);
      }
      for (String headers : mayNot) {
        assertTrue(rawPost(port, path, headers).startsWith("HTTP/1.1 403 "), headers);
      }
    }
    assertEquals(3 * may.size(), set.size());
  }

  private static String rawPost(HttpServer port, String path, String headers) throws IOException {
    String body = path.equals("/mcp") ? PING : "{\"problem\":\"p1-1\"}";
    return raw(
        port,
        ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port.number() + "\r\n")
            + (headers + "Authorization: Bearer s3cret\r\n")
            + ("Content-Length: " + body.length() + "\r\n\r\n" + body));
  }

  @Test
  void an_assistant_is_answered_where_the_api_is() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    HttpResponse<String> pong = post(port, "/mcp", PING, null);
    assertEquals(200, pong.statusCode());
    assertEquals("application/json", contentType(pong));
    assertTrue(pong.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":"), pong.body());
    String told = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    assertEquals(202, post(port, "/mcp", told, null).statusCode());
    assertEquals("", post(port, "/mcp", told, null).body());
    assertEquals(400, post(port, "/mcp", "{", null).statusCode());
    assertEquals(413, post(port, "/mcp", " ".repeat(70_000), null).statusCode());

    HttpResponse<String> got = get(port, "/mcp");
    assertEquals(405, got.statusCode());
    assertEquals("POST", got.headers().firstValue("Allow").orElse(""));
    assertEquals(403, get(port, "/mcp", "Origin", "http://evil.example").statusCode());
    assertTrue(rawGet(port, "/mcp", "evil.example").startsWith("HTTP/1.1 403 "));

    HttpServer beyond = open("0.0.0.0", "s3cret");
    assertEquals(401, post(beyond, "/mcp", PING, null).statusCode());
    assertEquals(401, post(beyond, "/mcp", PING, "wrong").statusCode());
    assertEquals(200, post(beyond, "/mcp", PING, "s3cret").statusCode());
    assertEquals(403, post(open("0.0.0.0", ""), "/mcp", PING, "").statusCode());
    HttpServer bare = keep(HttpServer.open(LOOPBACK, 0, new Site("")));
    assertEquals(404, post(bare, "/mcp", PING, null).statusCode());
  }

  @Test
  void each_kind_of_refused_request_is_told_once() throws Exception {
    List<String> told = new ArrayList<>();
    Access access = new Access("s3cret", told::add);
    HttpServer port = keep(HttpServer.open("0.0.0.0", 0, site(access)));
    for (int i = 0; i < 3; i++) {
      get(port, "/api/doctor");
      post(port, "/api/config", "x".repeat(70_000), "s3cret");
      get(port, "/mcp", "Origin", "http://evil.example");
      post(port, "/mcp", "{", "s3cret");
      raw(port, "GET / HTTP/2\r\n\r\n");
    }
    assertEquals(
        List.of("needs the token", "body too large", "not from another origin"),
        told.stream().map(line -> line.replaceAll(".*port: | \\(.*", "")).toList());
  }

  @Test
  void elsewhere_without_a_token_nothing_but_the_metrics_is_served() throws Exception {
    HttpServer port = open("0.0.0.0", "");
    for (String path : List.of("/api/findings", "/api/problems", "/api/doctor", "/")) {
      assertEquals(403, get(port, path).statusCode());
      assertEquals(403, get(port, path, "Authorization", "Bearer ").statusCode());
    }
    assertEquals(200, get(port, "/metrics").statusCode());
  }

  @Test
  void settings_need_the_token_on_loopback_too() throws Exception {
    String body = "{\"atalaya.slow.query.threshold\":\"1s\",\"atalaya.enabled\":false,\"n\":5}";
    assertEquals(403, post(open(LOOPBACK, ""), "/api/config", body, "").statusCode());
    HttpServer port = open(LOOPBACK, "s3cret");
    assertEquals(401, post(port, "/api/config", body, null).statusCode());
    assertEquals(401, post(port, "/api/config", body, "wrong").statusCode());
    assertEquals(List.of(), set);

    HttpResponse<String> done = post(port, "/api/config", body, "s3cret");
    assertEquals(200, done.statusCode());
    assertEquals(
        List.of(Map.of("atalaya.slow.query.threshold", "1s", "atalaya.enabled", "false", "n", "5")),
        set);
    assertEquals(
        "{\"set\":[\"atalaya.slow.query.threshold\",\"atalaya.enabled\",\"n\"]}", done.body());
  }

  @Test
  void settings_may_come_as_a_form_and_wrong_ones_are_refused() throws Exception {
    HttpServer port = open(LOOPBACK, "s3cret");

    assertEquals(200, post(port, "/api/config", "a.b=GET+%2Fx&c=2s", "s3cret").statusCode());
    assertEquals(List.of(Map.of("a.b", "GET /x", "c", "2s")), set);
    for (String wrong : List.of("", "{", "{\"a\":{}}", "{\"a\":1}}", "nothing", "a=%zz")) {
      assertEquals(400, post(port, "/api/config", wrong, "s3cret").statusCode(), wrong);
    }
    HttpResponse<String> refused = post(port, "/api/config", "refuse=1", "s3cret");
    assertEquals(400, refused.statusCode());
    assertEquals("{\"error\":\"refuse is not live\"}", refused.body());
  }

  @Test
  void a_form_changes_what_differs_and_leads_back_to_its_page() throws Exception {
    HttpServer port = open(LOOPBACK, "s3cret");
    String same = "atalaya.a=5&atalaya.ignore.fingerprints=p1-7";

    HttpResponse<String> none = post(port, "/settings", same, "s3cret");
    assertEquals(303, none.statusCode());
    assertEquals("/settings", none.headers().firstValue("Location").orElse(""));
    assertEquals(List.of(), set);
    assertEquals(303, post(port, "/settings", same + "&atalaya.b=+2s", "s3cret").statusCode());
    assertEquals(List.of(Map.of("atalaya.b", " 2s")), set);

    HttpResponse<String> refused = post(port, "/settings", same + "&refuse=me", "s3cret");
    assertEquals(400, refused.statusCode());
    assertEquals("text/html; charset=utf-8", contentType(refused));
    assertTrue(refused.body().contains("Nothing was changed: refuse is not live"), refused.body());
    assertEquals(200, get(port, "/settings").statusCode());
    assertEquals(401, post(port, "/settings", same, null).statusCode());
    assertEquals(403, post(open(LOOPBACK, ""), "/settings", same, "").statusCode());
  }

  @Test
  void a_problem_is_ignored_beside_those_that_are_and_taken_out_again() throws Exception {
    HttpServer port = open(LOOPBACK, "s3cret");
    HttpResponse<String> added = post(port, "/ignore", "problem=p1-8", "s3cret");
    assertEquals(303, added.statusCode());
    assertEquals("/problems/p1-8", added.headers().firstValue("Location").orElse(""));
    post(port, "/ignore", "problem=p1-7", "s3cret");
    post(port, "/ignore", "problem=p1-7&ignored=no", "s3cret");
    String key = "atalaya.ignore.fingerprints";
    assertEquals(List.of(Map.of(key, "p1-7,p1-8"), Map.of(key, "p1-7"), Map.of(key, "")), set);

    for (String wrong : List.of("problem=", "problem=a,b", "problem=a%0Ab", "x=1", "")) {
      assertEquals(400, post(port, "/ignore", wrong, "s3cret").statusCode(), wrong);
    }
    assertEquals(405, get(port, "/ignore").statusCode());
    assertEquals(401, post(port, "/ignore", "problem=p1-8", null).statusCode());
    assertEquals(3, set.size());
  }

  @Test
  void a_page_lets_its_forms_say_where_they_come_from() throws Exception {
    HttpResponse<String> page = get(open(LOOPBACK, ""), "/");
    assertEquals("same-origin", page.headers().firstValue("Referrer-Policy").orElse(""));
  }

  // ---- Bad input -------------------------------------------------------------------------------

  @Test
  void bodies_and_heads_are_bounded() throws Exception {
    HttpServer port = open(LOOPBACK, "s3cret");

    assertEquals(413, post(port, "/api/config", "x".repeat(70_000), "s3cret").statusCode());
    String large =
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
    assertTrue(raw(port, large).startsWith("HTTP/1.1 431 "));
    String chunked =
        "POST /api/config HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n";
    assertTrue(raw(port, chunked).startsWith("HTTP/1.1 411 "));
  }

  @Test
  void what_is_no_http_gets_an_error_and_the_port_goes_on() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    for (String wrong :
        List.of("\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/2\r\n\r\n", "\u0016\u0003\r\n\r\n")) {
      assertTrue(raw(port, wrong).startsWith("HTTP/1.1 400 "), wrong);
    }
    assertEquals("", raw(port, ""));
    assertEquals(200, get(port, "/metrics").statusCode());
  }

  @Test
  void many_clients_at_once_are_all_answered() {
    HttpServer port = open(LOOPBACK, "");
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      HttpRequest request = HttpRequest.newBuilder(uri(port, "/metrics")).build();
      answers.add(client.sendAsync(request, BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertEquals(200, answer.join().statusCode());
    }
  }

  // ---- The port itself -------------------------------------------------------------------------

  @Test
  void a_taken_port_moves_to_the_next() throws Exception {
    HttpServer first = open(LOOPBACK, "");
    HttpServer second = keep(HttpServer.open(LOOPBACK, first.number(), site("")));

    assertNotEquals(first.number(), second.number());
    assertTrue(second.number() > first.number() && second.number() <= first.number() + 10);
    assertEquals(200, get(second, "/metrics").statusCode());
    assertEquals("http://127.0.0.1:" + second.number() + "/metrics", second.url());
  }

  @Test
  void eleven_taken_ports_in_a_row_give_a_free_one() throws Exception {
    InetAddress loopback = InetAddress.getByName(LOOPBACK);
    List<ServerSocket> taken = new ArrayList<>();
    try {
      int from = 20_000;
      while (taken.size() < 11 && from < 60_000) {
        try {
          taken.add(new ServerSocket(from + taken.size(), 1, loopback));
        } catch (IOException used) {
          from += taken.size() + 1;
          for (ServerSocket one : taken) one.close();
          taken.clear();
        }
      }
      HttpServer port = keep(HttpServer.open(LOOPBACK, from, site("")));
      assertTrue(port.number() < from || port.number() > from + 10, port.number() + "");
      assertEquals(200, get(port, "/metrics").statusCode());
    } finally {
      for (ServerSocket one : taken) one.close();
    }
  }

  @Test
  void an_address_that_is_not_ours_is_no_failure_of_the_application() {
    assertNull(HttpServer.open("192.0.2.1", 9464, site("")));
    assertNull(HttpServer.open("no-such-host.invalid", 9464, site("")));
  }

  @Test
  void its_threads_are_daemons_and_go_when_it_is_closed() throws Exception {
    HttpServer port = open(LOOPBACK, "");
    get(port, "/metrics");
    List<Thread> own = ownThreads();
    assertFalse(own.isEmpty());
    for (Thread thread : own)
      assertTrue(thread.isDaemon() && thread.getContextClassLoader() == null);

    ports.forEach(HttpServer::close);
    for (Thread thread : own) thread.join(5_000);
    for (Thread thread : own) assertFalse(thread.isAlive(), thread.getName());
  }

  @Test
  void its_threads_record_nothing_while_they_answer() throws Exception {
    ThreadLocal<Integer> quiet = ThreadLocal.withInitial(() -> 0);
    List<Integer> seen = new ArrayList<>();
    Tracing.use(quietened(quiet));
    try {
      Site site =
          new Site("")
              .source(
                  "findings",
                  query -> {
                    seen.add(quiet.get());
                    return List.of();
                  });
      HttpServer port = keep(HttpServer.open(LOOPBACK, 0, site));
      get(port, "/api/findings");
      get(port, "/api/findings");
    } finally {
      Tracing.use(null);
    }
    assertEquals(List.of(1, 1), seen, "quiet begins with each answer and ends with it");
  }

  private static Tracer quietened(ThreadLocal<Integer> depth) {
    Call end =
        new Call() {
          @Override
          public void end(Throwable error) {
            depth.set(depth.get() - 1);
          }

          @Override
          public void status(int code) {}

          @Override
          public void error(String type, String message) {}

          @Override
          public void attribute(String key, Object value) {}

          @Override
          public void detach() {}
        };
    return (Tracer)
        Proxy.newProxyInstance(
            Tracer.class.getClassLoader(),
            new Class<?>[] {Tracer.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("quiet")) {
                depth.set(depth.get() + 1);
                return end;
              }
              // Executors that another test has woven ask for what to run instead of a task.
              Object given = arguments == null ? null : arguments[0];
              return method.getReturnType().isInstance(given) ? given : null;
            });
  }

  private static List<Thread> ownThreads() {
    List<Thread> own = new ArrayList<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("atalaya-http")) own.add(thread);
    }
    return own;
  }

  // ---- Fixtures --------------------------------------------------------------------------------

  private HttpServer open(String host, String token) {
    return keep(HttpServer.open(host, 0, site(token)));
  }

  private HttpServer keep(HttpServer port) {
    assertNotNull(port);
    ports.add(port);
    return port;
  }

  private Site site(String token) {
    return site(new Access(token, line -> {}));
  }

  private Site site(Access access) {
    return new Site(access)
        .metrics(HttpServerTest::families)
        .source("findings", query -> List.of())
        .source("problems", query -> List.of())
        .source("doctor", query -> Json.parse(DOCTOR))
        .source("settings", query -> Json.parse(SETTINGS))
        .config(
            keys -> {
              if (keys.containsKey("refuse")) return "refuse is not live";
              set.add(keys);
              return null;
            });
  }

  private static Enumeration<MetricFamilySamples> families() {
    MetricFamilySamples.Sample sample =
        new MetricFamilySamples.Sample("shop_up", List.of(), List.of(), 1);
    return Collections.enumeration(
        List.of(new MetricFamilySamples("shop_up", Collector.Type.GAUGE, "Up.", List.of(sample))));
  }

  private HttpResponse<String> get(HttpServer port, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(port, path));
    if (headers.length > 0) request.headers(headers);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(HttpServer port, String path, String body, String token)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(port, path)).POST(BodyPublishers.ofString(body));
    if (token != null) request.header("Authorization", "Bearer " + token);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static URI uri(HttpServer port, String path) {
    return URI.create("http://127.0.0.1:" + port.number() + path);
  }

  private static String rawGet(HttpServer port, String path, String host) throws IOException {
    return raw(port, "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
  }

  private static String raw(HttpServer port, String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(LOOPBACK, port.number()), 5_000);
      socket.setSoTimeout(15_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String contentType(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }
}
