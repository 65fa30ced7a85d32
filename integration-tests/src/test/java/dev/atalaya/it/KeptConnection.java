package dev.atalaya.it;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that asks by one connection, again and again, and waits for an answer, but not long. */
public final class KeptConnection implements Closeable {
  private final Socket socket;
  private final InputStream in;

  public KeptConnection(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** The body of what must be a 200. */
  public String get(String path, String traceId) throws IOException {
    String head =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + ("traceparent: 00-" + traceId + "-" + App.hex(8) + "-01\r\n\r\n");
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
    String status = line();
    if (!status.startsWith("HTTP/1.1 200")) throw new IOException(path + ": " + status);
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String[] parts = header.toLowerCase(Locale.ROOT).split(": *", 2);
      if (parts[0].equals("content-length")) length = Integer.parseInt(parts[1]);
    }
    if (length >= 0) return text(length);
    StringBuilder chunks = new StringBuilder();
    while ((length = Integer.parseInt(line(), 16)) > 0) {
      chunks.append(text(length));
      line();
    }
    line();
    return chunks.toString();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new EOFException("closed by the server");
      if (next != '\r') line.append((char) next);
    }
    return line.toString();
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) throw new EOFException("closed by the server");
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
