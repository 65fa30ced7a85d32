package shop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Somebody at an edition's door, with cookies. */
final class Caller {
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  Caller(String address) {
    this.address = address;
  }

  /** What is compared: records of arrays would not be equal. */
  record Answer(int status, String type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean sameAs(Answer other) {
      return status == other.status && type.equals(other.type) && Arrays.equals(body, other.body);
    }
  }

  Answer send(String method, String path, String json) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    if (json != null) {
      request.header("Content-Type", "application/json");
    }
    return send(
        request.method(
            method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
  }

  Answer upload(String path, String field, byte[] file) throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    write(body, "--part\r\nContent-Disposition: form-data; name=\"" + field + "\";");
    write(body, " filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n");
    body.write(file);
    write(body, "\r\n--part--\r\n");
    return send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "multipart/form-data; boundary=part")
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void write(ByteArrayOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private Answer send(HttpRequest.Builder request) throws Exception {
    HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }
}
