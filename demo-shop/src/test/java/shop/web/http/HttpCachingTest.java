package shop.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import shop.Images;

/** What the tuned edition's answers say to caches, over HTTP. */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"shop.size=small", "shop.edition=tuned"})
class HttpCachingTest {
  private static final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort private int port;
  @Autowired private Images images;
  @Autowired private JdbcTemplate jdbc;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/categories                 | 200 | public, max-age=60, must-revalidate | Accept-Encoding
          /api/products?q=oak             | 200 | public, no-cache                    | Accept-Encoding
          /api/products/3                 | 200 | public, no-cache                    | Accept-Encoding
          /api/products/3/recommendations | 200 | public, no-cache                    | Accept-Encoding
          /api/reports/sales              | 200 | private, no-cache                   | Accept-Encoding
          /                               | 200 | private, no-cache                   | Cookie, Accept-Encoding
          /products/3                     | 200 | private, no-cache                   | Cookie, Accept-Encoding
          /analytics                      | 200 | private, no-cache                   | Cookie, Accept-Encoding
          /shop.css                       | 200 | public, max-age=600, must-revalidate | Accept-Encoding
          """)
  void answer_may_be_kept_and_is_not_sent_again(
      String path, int status, String cacheControl, String vary) throws Exception {
    HttpResponse<byte[]> first = get(path);
    String tag = header(first, "ETag");

    HttpResponse<byte[]> second = get(path, "If-None-Match", "\"other\", " + tag);

    assertThat(first.statusCode()).isEqualTo(status);
    assertThat(header(first, "Cache-Control")).isEqualTo(cacheControl);
    assertThat(header(first, "Vary")).isEqualTo(vary);
    assertThat(tag).as("strong").matches("\"[A-Za-z0-9_-]{22}\"");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    for (String name : List.of("ETag", "Cache-Control", "Vary")) {
      assertThat(header(second, name)).as(name).isEqualTo(header(first, name));
    }
    assertThat(get(path, "If-None-Match", "W/" + tag).statusCode())
        .as("what a proxy has weakened")
        .isEqualTo(304);
    assertThat(get(path, "If-None-Match", "\"other\"").body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/cart, 401",
    "GET, /api/orders, 401",
    "GET, /api/account, 401",
    "GET, /login, 200",
    "GET, /errors, 200",
    "POST, /api/login, 401",
    "GET, /api/async/3, 200",
    "GET, /health, 200",
    "GET, /api/products/999999, 404",
    "GET, /api/products/nonsense, 400",
    "GET, /api/products?after=nonsense, 400",
    "GET, /images/999999/320, 404",
    "GET, /nowhere.css, 404",
    "GET, /api/nowhere, 404",
    "GET, /api/broken, 500",
  })
  void what_is_private_or_wrong_is_not_kept(String method, String path, int status)
      throws Exception {
    HttpResponse<byte[]> answer =
        send(
            request(path, "Content-Type", "application/json")
                .method(
                    method,
                    BodyPublishers.ofString(
                        method.equals("POST") ? "{\"email\":\"x\",\"password\":\"y\"}" : "")));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void tag_changes_with_the_body() throws Exception {
    String path = "/api/products/5";
    String before = header(get(path), "ETag");
    HttpResponse<byte[]> review =
        send(
            request(path + "/reviews", "Content-Type", "application/json", "Cookie", login())
                .POST(BodyPublishers.ofString("{\"stars\":5,\"text\":\"Goes well with tea.\"}")));
    assertThat(review.statusCode()).isEqualTo(201);

    HttpResponse<byte[]> after = get(path, "If-None-Match", before);

    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(new String(after.body(), StandardCharsets.UTF_8)).contains("Goes well with tea.");
    assertThat(header(after, "ETag")).isNotEqualTo(before);
  }

  @Test
  void product_is_the_same_answer_for_everybody() throws Exception {
    HttpResponse<byte[]> known = get("/api/products/6", "Cookie", login());

    assertThat(header(known, "ETag")).isEqualTo(header(get("/api/products/6"), "ETag"));
    assertThat(known.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void picture_is_kept_forever_and_not_even_looked_at_again() throws Exception {
    long picture = images.add(7, png()).id();
    String path = "/images/" + picture + "/320";
    HttpResponse<byte[]> first = get(path);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "Content-Type")).isEqualTo("image/jpeg");
    assertThat(header(first, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(first.headers().firstValue("Vary")).isEmpty();
    assertThat(header(get("/images/" + picture + "/96"), "ETag"))
        .isNotEqualTo(header(first, "ETag"));

    jdbc.update("delete from thumbnails where image_id = ?", picture);
    HttpResponse<byte[]> second = get(path, "If-None-Match", header(first, "ETag"));

    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(header(second, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(second, "ETag")).isEqualTo(header(first, "ETag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/products", "/shop.css"})
  void compressed_answer_is_smaller_and_has_a_tag_of_its_own(String path) throws Exception {
    HttpResponse<byte[]> plain = get(path);
    HttpResponse<byte[]> compressed = get(path, "Accept-Encoding", "br, gzip;q=0.8");

    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(plain.body());
    String tag = header(compressed, "ETag");
    assertThat(tag).isEqualTo(header(plain, "ETag").replaceFirst("\"$", "-gzip\""));
    assertThat(get(path, "Accept-Encoding", "gzip", "If-None-Match", tag).statusCode())
        .isEqualTo(304);
    assertThat(get(path, "If-None-Match", tag).statusCode())
        .as("these bytes are others")
        .isEqualTo(200);
    assertThat(get(path, "Accept-Encoding", "gzip;q=0, *;q=0.0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void answer_without_a_tag_is_compressed_as_well() throws Exception {
    HttpResponse<byte[]> orders = get("/orders", "Cookie", login(), "Accept-Encoding", "gzip");

    assertThat(header(orders, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(orders, "Vary")).isEqualToIgnoringCase("accept-encoding");
    assertThat(header(orders, "Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/products/3", "/api/products", "/shop.css", "/health"})
  void head_says_the_same_without_a_body(String path) throws Exception {
    HttpResponse<byte[]> get = get(path);

    HttpResponse<byte[]> head = send(request(path).method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(get.statusCode());
    assertThat(head.body()).isEmpty();
    for (String name : List.of("ETag", "Cache-Control", "Vary", "Content-Type", "Content-Length")) {
      assertThat(head.headers().allValues(name)).as(name).isEqualTo(get.headers().allValues(name));
    }
    get.headers()
        .firstValue("ETag")
        .ifPresent(
            tag -> {
              try {
                assertThat(
                        send(request(path, "If-None-Match", tag)
                                .method("HEAD", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(304);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
  }

  private String login() throws Exception {
    HttpResponse<byte[]> answer =
        send(
            request("/api/login", "Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"email\":\"bruno1@example.com\",\"password\":\"shop\"}")));
    return header(answer, "Set-Cookie").split(";")[0];
  }

  private static byte[] png() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  /** All of that name, as one. */
  private static String header(HttpResponse<?> answer, String name) {
    return String.join(", ", answer.headers().allValues(name));
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }
}
