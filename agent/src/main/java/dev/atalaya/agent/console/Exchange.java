package dev.atalaya.agent.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as RFC 9112 has them: no chunked bodies, no second request on the
 * connection. Head, body and time are bounded.
 */
final class Exchange {
  private static final int MAX_HEAD = 16 * 1024;
  private static final int MAX_BODY = 64 * 1024;
  private static final int READ_MILLIS = 5_000;
  private static final long HEAD_NANOS = 10_000_000_000L;
  private static final int LINGER_MILLIS = 500;

  final String method;

  /** Without the query. */
  final String path;

  final @Nullable String query;
  final String body;
  private final Map<String, String> headers;

  Exchange(
      String method,
      String path,
      @Nullable String query,
      Map<String, String> headers,
      String body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  static void run(Socket connection, Site site) throws IOException {
    connection.setSoTimeout(READ_MILLIS);
    boolean bodiless = false;
    Answer answer;
    try {
      Exchange exchange = read(connection);
      if (exchange == null) return;
      bodiless = exchange.method.equals("HEAD");
      answer = site.answer(exchange);
    } catch (Refused refused) {
      answer = Answer.text(refused.status, refused.why);
    }
    write(connection.getOutputStream(), answer, bodiless);
    linger(connection);
  }

  /** Null where the header is absent; several of one name are joined by commas. */
  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  // ---- Reading ---------------------------------------------------------------------------------

  private static @Nullable Exchange read(Socket connection) throws IOException, Refused {
    InputStream in = connection.getInputStream();
    String head = head(in);
    if (head == null) return null;
    String[] lines = head.split("\r?\n");
    String[] request = lines.length == 0 ? lines : lines[0].split(" ");
    if (request.length != 3 || !request[2].startsWith("HTTP/1.")) {
      throw new Refused(400, "not HTTP/1.1");
    }
    Map<String, String> headers = headers(lines);
    if (headers.containsKey("transfer-encoding")) throw new Refused(411, "length required");
    String target = request[1];
    if (target.startsWith("http://")) {
      int slash = target.indexOf('/', 7);
      target = slash < 0 ? "/" : target.substring(slash);
    }
    int mark = target.indexOf('?');
    return new Exchange(
        request[0],
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? null : target.substring(mark + 1),
        headers,
        body(connection, in, headers));
  }

  /** Up to the empty line; null where the client sent nothing. */
  private static @Nullable String head(InputStream in) throws IOException, Refused {
    long deadline = System.nanoTime() + HEAD_NANOS;
    StringBuilder head = new StringBuilder(512);
    // Byte by byte, as the body's first byte must stay; a request here has some 200.
    for (int b; (b = in.read()) >= 0; ) {
      head.append((char) b);
      int end = head.length();
      if (b == '\n' && end > 2) {
        char before = head.charAt(end - 2);
        if (before == '\n' || (before == '\r' && head.charAt(end - 3) == '\n'))
          return head.toString();
      }
      if (end > MAX_HEAD) throw new Refused(431, "headers too large");
      if (System.nanoTime() - deadline > 0) throw new Refused(408, "too slow");
    }
    return null;
  }

  private static Map<String, String> headers(String[] lines) throws Refused {
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) throw new Refused(400, "malformed header");
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      String value = lines[i].substring(colon + 1).trim();
      String former = headers.put(name, value);
      if (former == null) continue;
      if (name.equals("host") || name.equals("content-length")) {
        throw new Refused(400, "repeated header");
      }
      headers.put(name, former + "," + value);
    }
    return headers;
  }

  private static String body(Socket connection, InputStream in, Map<String, String> headers)
      throws IOException, Refused {
    String given = headers.get("content-length");
    if (given == null) return "";
    int length;
    try {
      length = Integer.parseInt(given);
    } catch (NumberFormatException wrong) {
      throw new Refused(400, "malformed length");
    }
    if (length < 0) throw new Refused(400, "malformed length");
    if (length > MAX_BODY) throw new Refused(413, "body too large");
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      OutputStream out = connection.getOutputStream();
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    byte[] body = new byte[length];
    for (int read = 0, n; read < length; read += n) {
      n = in.read(body, read, length - read);
      if (n < 0) throw new Refused(400, "body too short");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  // ---- Writing ---------------------------------------------------------------------------------

  private static void write(OutputStream out, Answer answer, boolean bodiless) throws IOException {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(answer.status).append(' ').append(answer.reason());
    answer.headers.forEach(
        (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nContent-Length: ").append(answer.body.length);
    head.append("\r\nX-Content-Type-Options: nosniff");
    head.append("\r\nCache-Control: no-store");
    head.append("\r\nConnection: close\r\n\r\n");
    ByteArrayOutputStream first = new ByteArrayOutputStream(256);
    first.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!bodiless && answer.body.length < 8_192) first.write(answer.body); // one packet
    first.writeTo(out);
    if (!bodiless && answer.body.length >= 8_192) out.write(answer.body);
    out.flush();
  }

  /** Closing with unread input would reset the connection, and the client lose the answer. */
  private static void linger(Socket connection) throws IOException {
    connection.shutdownOutput();
    connection.setSoTimeout(LINGER_MILLIS);
    InputStream in = connection.getInputStream();
    byte[] rest = new byte[4_096];
    int left = MAX_BODY;
    for (int n = 0; n >= 0 && left > 0; left -= n) n = in.read(rest);
  }

  /** A request that is not even looked at. */
  static final class Refused extends Exception {
    final int status;
    final String why;

    Refused(int status, String why) {
      super(why, null, false, false);
      this.status = status;
      this.why = why;
    }
  }
}
