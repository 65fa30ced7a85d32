package dev.atalaya.agent.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response: no chunked bodies, no second request on the connection. A body is
 * read only where the site asks for it, which is after it knows who sent it.
 */
final class HttpRequest {
  private static final int MAX_BODY = 64 * 1024;
  private static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  final String method;

  /** Without the query. */
  final String path;

  final @Nullable String query;
  private final Head head;
  private final Incoming incoming;
  private final OutputStream out;

  private HttpRequest(Head head, Incoming incoming, OutputStream out) {
    this.head = head;
    this.incoming = incoming;
    this.out = out;
    method = head.method;
    path = head.path;
    query = head.query;
  }

  /** {@code turns} has the site answer only so many at once. */
  static void run(Socket connection, Site site, Turns turns) throws IOException {
    OutputStream out = connection.getOutputStream();
    boolean bodiless = false;
    HttpResponse response;
    try {
      Incoming incoming = new Incoming(connection, REQUEST_NANOS);
      String text = incoming.head();
      if (text == null) return;
      HttpRequest request = new HttpRequest(Head.parse(text), incoming, out);
      bodiless = request.method.equals("HEAD");
      response = turns.answer(request, site);
    } catch (Refused refused) {
      site.say(refused);
      response = refused.response();
    }
    write(out, response, bodiless);
    connection.shutdownOutput();
    try {
      Incoming.drain(connection, MAX_BODY, LINGER_NANOS);
    } catch (Refused slow) {
      // It had its response.
    }
  }

  /** Null where the header is absent; several of one name are joined by commas. */
  @Nullable String header(String name) {
    return head.headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Waits for what the client sends; to be asked for once. */
  String body() throws IOException, Refused {
    String given = header("Content-Length");
    if (given == null) return "";
    int length = given.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(given);
    if (length > MAX_BODY) throw new Refused(413, "body too large");
    if ("100-continue".equalsIgnoreCase(header("Expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    return incoming.body(length);
  }

  private static void write(OutputStream out, HttpResponse response, boolean bodiless)
      throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(response.status).append(' ').append(response.reason());
    for (String line : response.headers) head.append("\r\n").append(line);
    head.append("\r\nContent-Length: ").append(response.body.length);
    head.append("\r\nX-Content-Type-Options: nosniff");
    head.append("\r\nCache-Control: no-store");
    head.append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream first = new ByteArrayOutputStream(256);
    first.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!bodiless && response.body.length < 8_192) first.write(response.body); // one packet
    first.writeTo(out);
    if (!bodiless && response.body.length >= 8_192) out.write(response.body);
    out.flush();
  }
}
