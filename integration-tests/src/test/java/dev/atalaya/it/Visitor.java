package dev.atalaya.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Somebody with a browser's one cookie, who waits for an answer, but not for a minute. */
public final class Visitor {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String address;
  private String cookie = "";

  public Visitor(String address) {
    this.address = address;
  }

  /** The same visitor at another address of the same shop. */
  public Visitor at(String other) {
    Visitor there = new Visitor(other);
    there.cookie = cookie;
    return there;
  }

  public void login(String email) {
    HttpResponse<String> answer =
        post("/api/login", "{\"email\":\"" + email + "\",\"password\":\"shop\"}");
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  public HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  public HttpResponse<String> post(String path, String json) {
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    try {
      return CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("no answer in time from " + address, e);
    }
  }
}
