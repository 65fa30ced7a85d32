package dev.atalaya.agent.console;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a request is answered with. */
final class HttpResponse {
  /** A page loads what the port serves, and nothing else; nobody frames it. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  final int status;

  /** Lines, of which several may have one name. */
  final List<String> headers = new ArrayList<>();

  final byte[] body;

  HttpResponse(int status, String contentType, byte[] body) {
    this.status = status;
    this.body = body;
    with("Content-Type", contentType);
  }

  static HttpResponse text(int status, String line) {
    return new HttpResponse(status, "text/plain; charset=utf-8", bytes(line + "\n"));
  }

  static HttpResponse json(int status, String json) {
    return new HttpResponse(status, "application/json", bytes(json));
  }

  /** To other sites no page says where somebody comes from; to none, its forms had no Origin. */
  static HttpResponse html(int status, String page) {
    return new HttpResponse(status, "text/html; charset=utf-8", bytes(page))
        .with("Content-Security-Policy", POLICY)
        .with("Referrer-Policy", "same-origin");
  }

  /** After a form: the page to look at. */
  static HttpResponse seeOther(String path) {
    return text(303, "see " + path).with("Location", path);
  }

  HttpResponse with(String header, String value) {
    headers.add(header + ": " + value);
    return this;
  }

  String reason() {
    switch (status) {
      case 200:
        return "OK";
      case 202:
        return "Accepted";
      case 303:
        return "See Other";
      case 400:
        return "Bad Request";
      case 401:
        return "Unauthorized";
      case 403:
        return "Forbidden";
      case 404:
        return "Not Found";
      case 405:
        return "Method Not Allowed";
      case 408:
        return "Request Timeout";
      case 411:
        return "Length Required";
      case 413:
        return "Content Too Large";
      case 431:
        return "Request Header Fields Too Large";
      default:
        return "Internal Server Error";
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
