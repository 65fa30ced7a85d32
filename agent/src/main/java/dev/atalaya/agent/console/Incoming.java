package dev.atalaya.agent.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a client sends. Head and body have one deadline, however slowly it sends. */
final class Incoming {
  private static final int MAX_HEAD = 16 * 1024;

  private final Socket connection;
  private final InputStream in;
  private final long deadline;
  private final byte[] buffer = new byte[2_048];
  private int at;
  private int filled;

  Incoming(Socket connection, long nanos) throws IOException {
    this.connection = connection;
    in = connection.getInputStream();
    deadline = System.nanoTime() + nanos;
  }

  /** Up to the empty line, without it; null where the client sent nothing. */
  @Nullable String head() throws IOException, Refused {
    StringBuilder head = new StringBuilder(512);
    while (true) {
      if (at == filled && !more(head.length() == 0)) {
        if (head.length() == 0) return null;
        throw new Refused(400, "the head ends too soon");
      }
      char c = (char) (buffer[at++] & 0xFF);
      head.append(c);
      if (c == '\n' && endsBlank(head)) return head.toString();
      if (head.length() > MAX_HEAD) throw new Refused(431, "headers too large");
    }
  }

  /** An empty line before the request, which RFC 9112 allows, does not end the head. */
  private static boolean endsBlank(StringBuilder head) {
    int last = head.length() - 2;
    if (last >= 0 && head.charAt(last) == '\r') last--;
    return last > 0 && head.charAt(last) == '\n';
  }

  String body(int length) throws IOException, Refused {
    byte[] body = new byte[length];
    for (int read = 0, n; read < length; read += n) {
      if (at == filled && !fill()) throw new Refused(400, "body too short");
      n = Math.min(length - read, filled - at);
      System.arraycopy(buffer, at, body, read, n);
      at += n;
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  /** False also where nothing has come in time: a connection may be opened ahead of need. */
  private boolean more(boolean nothingYet) throws IOException, Refused {
    try {
      return fill();
    } catch (Refused late) {
      if (nothingYet) return false;
      throw late;
    }
  }

  /** False at the end. */
  private boolean fill() throws IOException, Refused {
    at = 0;
    filled = Math.max(0, read(connection, in, buffer, deadline));
    return filled > 0;
  }

  /** Reads and forgets, for a time: closing with unread input would reset the connection. */
  static void drain(Socket connection, int bytes, long nanos) throws IOException, Refused {
    long deadline = System.nanoTime() + nanos;
    InputStream in = connection.getInputStream();
    byte[] rest = new byte[2_048];
    for (int n = 0; n >= 0 && bytes > 0; bytes -= n) n = read(connection, in, rest, deadline);
  }

  private static int read(Socket connection, InputStream in, byte[] into, long deadline)
      throws IOException, Refused {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) throw new Refused(408, "too slow");
    connection.setSoTimeout((int) millis);
    try {
      return in.read(into);
    } catch (SocketTimeoutException late) {
      throw new Refused(408, "too slow");
    }
  }
}
