package shop.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Visitors of the tuned edition who log in and out, with a Redis that comes and goes. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.size=small", "shop.edition=tuned"})
class SessionsOverHttpTest {
  private static final HttpClient http = HttpClient.newHttpClient();
  private static final String CREDENTIALS =
      "{\"email\":\"bruno1@example.com\",\"password\":\"shop\"}";

  private static RedisProcess redis;

  @LocalServerPort private int port;
  @Autowired private StringRedisTemplate keys;
  @Autowired private JdbcTemplate jdbc;

  @DynamicPropertySource
  static void ownRedis(DynamicPropertyRegistry properties) {
    properties.add("spring.data.redis.url", () -> "redis://localhost:" + redis.port());
  }

  @BeforeAll
  static void start() throws Exception {
    redis = new RedisProcess();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.close();
  }

  @Test
  void login_gives_a_new_session_each_time_and_logout_ends_it() throws Exception {
    String first = login(null);
    assertThat(account(first)).isEqualTo(200);

    String second = login(first);

    assertThat(second).isNotEqualTo(first);
    assertThat(account(second)).isEqualTo(200);
    assertThat(account(first)).isEqualTo(401);

    assertThat(send("POST", "/api/logout", second, "").statusCode()).isEqualTo(204);
    assertThat(account(second)).isEqualTo(401);
  }

  @Test
  void visitor_who_has_not_logged_in_gets_no_session_and_costs_redis_nothing() throws Exception {
    int sessions = jdbc.queryForObject("select count(*) from sessions", Integer.class);
    Map<String, Long> before = calls();
    for (String path : List.of("/api/account", "/api/cart", "/health")) {
      assertThat(send("GET", path, null, null).headers().allValues("Set-Cookie")).isEmpty();
      assertThat(send("GET", path, "SHOP=nonsense", null).statusCode()).isNotEqualTo(500);
    }

    assertThat(calls()).isEqualTo(before);
    assertThat(jdbc.queryForObject("select count(*) from sessions", Integer.class))
        .isEqualTo(sessions);
  }

  @Test
  void request_of_who_is_logged_in_costs_one_get() throws Exception {
    String cookie = login(null);
    long before = calls().getOrDefault("get", 0L);

    assertThat(account(cookie)).isEqualTo(200);

    assertThat(calls().get("get")).isEqualTo(before + 1);
  }

  @Test
  void killed_redis_fails_no_request_and_logs_nobody_out() throws Exception {
    String before = login(null);
    redis.kill();

    long start = System.nanoTime();
    assertThat(account(before)).isEqualTo(200);
    String during = login(null);
    assertThat(account(during)).isEqualTo(200);
    String ended = login(null);
    assertThat(send("POST", "/api/logout", ended, "").statusCode()).isEqualTo(204);
    assertThat(account(ended)).isEqualTo(401);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));

    redis.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () ->
                account(before) == 200 && account(during) == 200 && keys("session:*").size() == 2);
    assertThat(account(ended)).isEqualTo(401);
  }

  private java.util.Set<String> keys(String pattern) {
    return keys.keys(pattern);
  }

  /** How often each command was sent, but for those of the shop's own jobs and this test. */
  private Map<String, Long> calls() {
    Map<String, Long> calls = new TreeMap<>();
    keys.getRequiredConnectionFactory()
        .getConnection()
        .serverCommands()
        .info("commandstats")
        .forEach(
            (name, stats) ->
                calls.put(
                    name.toString().replace("cmdstat_", ""),
                    Long.parseLong(stats.toString().replaceAll("calls=(\\d+),.*", "$1"))));
    Stream.of("info", "set", "ping").forEach(calls::remove);
    return calls;
  }

  private int account(String cookie) throws Exception {
    return send("GET", "/api/account", cookie, null).statusCode();
  }

  /** Returns the new session's cookie. */
  private String login(String cookie) throws Exception {
    HttpResponse<String> answer = send("POST", "/api/login", cookie, CREDENTIALS);
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> cookies = answer.headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(1);
    return cookies.get(0).split(";")[0];
  }

  private HttpResponse<String> send(String method, String path, String cookie, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .header("Content-Type", "application/json");
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
