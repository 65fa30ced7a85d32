package shop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.springframework.jdbc.core.JdbcTemplate;

/** Someone with a browser of their own: whoever logs in stays logged in. */
final class Visitor {
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .cookieHandler(new CookieManager())
          .build();
  private final int port;

  Visitor(int port) {
    this.port = port;
  }

  /** A customer who has logged in. */
  static Visitor customer(int port, JdbcTemplate jdbc, int id) {
    Visitor visitor = new Visitor(port);
    String email =
        jdbc.queryForObject("select email from customers where id = ?", String.class, id);
    Assertions.assertThat(visitor.login(email, "shop").statusCode()).isEqualTo(200);
    return visitor;
  }

  HttpResponse<String> login(String email, String password) {
    return post("/api/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
  }

  HttpResponse<String> get(String path) {
    return send("GET", path, null);
  }

  HttpResponse<String> post(String path, String json) {
    return send("POST", path, json);
  }

  HttpResponse<String> send(String method, String path, String json) {
    BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
    return send(request(path, "application/json").method(method, body), BodyHandlers.ofString());
  }

  HttpResponse<byte[]> bytes(String path) {
    return send(request(path, "application/json"), BodyHandlers.ofByteArray());
  }

  /** The file of a form, as a browser sends it. */
  HttpResponse<String> upload(String path, byte[] file) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    String head = "--limit\r\nContent-Disposition: form-data; name=file; filename=a.png\r\n\r\n";
    form.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    form.writeBytes(file);
    form.writeBytes("\r\n--limit--\r\n".getBytes(StandardCharsets.US_ASCII));
    return send(
        request(path, "multipart/form-data; boundary=limit")
            .POST(BodyPublishers.ofByteArray(form.toByteArray())),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String type) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Content-Type", type);
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> as) {
    try {
      return http.send(request.build(), as);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
