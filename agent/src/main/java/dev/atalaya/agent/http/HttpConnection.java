package dev.atalaya.agent.http;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept open for one POST after the other, as HTTP/1.1 has it; used by one
 * thread at a time, while any thread may close it.
 */
public final class HttpConnection implements Closeable {
  /** Bytes of a response's body. After a longer one the connection is not used again. */
  private static final int LONGEST_RESPONSE = 64 * 1024;

  private final byte[] in = new byte[8 * 1024];
  private int read;
  private int filled;

  private final Socket socket;
  private boolean reusable = true;

  // The last response.
  public int status;
  public byte[] body = new byte[0];
  public @Nullable String retryAfter;

  private HttpConnection(Socket socket) {
    this.socket = socket;
  }

  /** {@code tls} is null for http. All of the host's addresses are tried. */
  public static HttpConnection open(URI to, @Nullable SSLSocketFactory tls, int timeoutMillis)
      throws IOException {
    String host = to.getHost();
    if (host.startsWith("[")) host = host.substring(1, host.length() - 1);
    int port = to.getPort() > 0 ? to.getPort() : tls == null ? 80 : 443;
    Socket plain = connect(InetAddress.getAllByName(host), port, timeoutMillis);
    try {
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(timeoutMillis);
      return new HttpConnection(tls == null ? plain : secured(plain, host, port, tls));
    } catch (IOException | RuntimeException failed) {
      plain.close();
      throw failed;
    }
  }

  private static Socket connect(InetAddress[] addresses, int port, int timeoutMillis)
      throws IOException {
    for (int i = 0; ; i++) {
      Socket socket = new Socket(Proxy.NO_PROXY);
      try {
        socket.connect(new InetSocketAddress(addresses[i], port), timeoutMillis);
        return socket;
      } catch (IOException failed) {
        socket.close();
        if (i == addresses.length - 1) throw failed;
      }
    }
  }

  private static Socket secured(Socket plain, String host, int port, SSLSocketFactory tls)
      throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /** Whether the last response was read to its end and the server takes another request. */
  public boolean isReusable() {
    return reusable;
  }

  /** Whether the server is still there; after a rest it may have closed its side. */
  public boolean isAlive(int timeoutMillis) {
    try {
      socket.setSoTimeout(1);
      try {
        socket.getInputStream().read(); // the end, or a response to no request
        return false;
      } finally {
        socket.setSoTimeout(timeoutMillis);
      }
    } catch (SocketTimeoutException silent) {
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /** {@code head} ends before the length; the response is in {@link #status} and {@link #body}. */
  public void post(byte[] head, byte[] content, int offset, int length) throws IOException {
    OutputStream out = socket.getOutputStream();
    byte[] end = ("Content-Length: " + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + end.length);
    System.arraycopy(end, 0, whole, head.length, end.length);
    out.write(whole);
    out.write(content, offset, length);
    out.flush();
    do response();
    while (status < 200);
    reusable &= read == filled; // what comes after the response belongs to none
  }

  private void response() throws IOException {
    String line = line();
    int blank = line.indexOf(' ');
    if (!line.startsWith("HTTP/1.") || line.length() < blank + 4) {
      throw new IOException("no HTTP answer");
    }
    status = number(line.substring(blank + 1, blank + 4), 10);
    boolean keep = !line.startsWith("HTTP/1.0");
    boolean chunked = false;
    long length = -1;
    retryAfter = null;
    while (!(line = line()).isEmpty()) {
      int colon = line.indexOf(':');
      if (colon < 0) continue;
      String given = line.substring(colon + 1).trim();
      String value = given.toLowerCase(Locale.ROOT);
      switch (line.substring(0, colon).trim().toLowerCase(Locale.ROOT)) {
        case "content-length":
          length = number(value, 10);
          break;
        case "transfer-encoding":
          chunked = value.endsWith("chunked");
          break;
        case "retry-after":
          retryAfter = given;
          break;
        case "connection":
          if (value.contains("close")) keep = false;
          break;
        default:
      }
    }
    boolean empty = status < 200 || status == 204 || status == 304;
    body = new byte[0];
    if (empty) length = 0;
    else if (chunked) keep &= chunks();
    else if (length > LONGEST_RESPONSE) keep = false;
    else if (length >= 0) take((int) length);
    else keep = false; // it ends with the connection: the status says enough
    reusable &= keep;
  }

  /** False where it was too long to be read to its end. */
  private boolean chunks() throws IOException {
    for (; ; ) {
      String line = line();
      int extension = line.indexOf(';');
      int size = number(extension < 0 ? line.trim() : line.substring(0, extension).trim(), 16);
      if (size == 0) break;
      if (body.length + size > LONGEST_RESPONSE) return false;
      take(size);
      line();
    }
    while (!line().isEmpty()) continue; // trailers
    return true;
  }

  private void take(int count) throws IOException {
    int at = body.length;
    body = Arrays.copyOf(body, at + count);
    while (at < body.length) body[at++] = next();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte b; (b = next()) != '\n'; ) {
      if (b != '\r') line.append((char) (b & 0xFF));
      if (line.length() > LONGEST_RESPONSE) throw new IOException("no HTTP answer");
    }
    return line.toString();
  }

  private byte next() throws IOException {
    if (read == filled) {
      InputStream from = socket.getInputStream();
      read = 0;
      filled = Math.max(0, from.read(in));
      if (filled == 0) throw new EOFException("closed by the receiver");
    }
    return in[read++];
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number >= 0) return number;
    } catch (NumberFormatException none) {
      // Below.
    }
    throw new IOException("no HTTP answer");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // So it is closed.
    }
  }
}
