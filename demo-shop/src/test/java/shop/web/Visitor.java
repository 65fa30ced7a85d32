package shop.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Somebody with a browser that keeps cookies, sends forms and does not follow redirects. */
final class Visitor {
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
  private final String shop;

  Visitor(int port) {
    this.shop = "http://localhost:" + port;
  }

  /** Somebody who is logged in already. */
  static Visitor loggedIn(int port, String email) {
    Visitor visitor = new Visitor(port);
    visitor.send("/login", "email", email, "password", "shop");
    return visitor;
  }

  HttpResponse<String> get(String path) {
    return exchange(to(path).GET());
  }

  /** A form's names and values, alternating. */
  HttpResponse<String> send(String path, String... fields) {
    return exchange(form(path, fields));
  }

  HttpResponse<String> sendFrom(String page, String path, String... fields) {
    return exchange(form(path, fields).header("Referer", shop + page));
  }

  HttpResponse<String> upload(String path, byte[] file) {
    String head =
        "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.png\"\r\n\r\n";
    return exchange(
        to(path)
            .header("Content-Type", "multipart/form-data; boundary=limit")
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofByteArray(file),
                    BodyPublishers.ofString("\r\n--limit--\r\n"))));
  }

  /** Where an answer sends the browser. */
  static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("nowhere");
  }

  private HttpRequest.Builder form(String path, String... fields) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      pairs.add(fields[i] + "=" + URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    return to(path)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(String.join("&", pairs)));
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(shop + path)).header("Accept", "text/html,*/*;q=0.8");
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
