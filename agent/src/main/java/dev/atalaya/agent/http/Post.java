package dev.atalaya.agent.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One POST on a connection of its own, and what was answered. */
public final class Post {
  public final int status;

  /** The answer's body, or its beginning. */
  public final String answer;

  private Post(HttpConnection connection) {
    status = connection.status;
    answer = new String(connection.body, StandardCharsets.UTF_8);
  }

  /**
   * Sends, with the JVM's own certificates where the URL is https, and waits for the answer.
   *
   * @param timeoutMillis of connecting, and of each silence after that; a receiver that stops
   *     reading what does not fit its buffers (some 64 KB) is waited for without end
   */
  public static Post send(URI to, Map<String, String> headers, byte[] content, int timeoutMillis)
      throws IOException {
    RequestHead head = new RequestHead(to).with("Connection", "close");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      head.with(header.getKey(), header.getValue());
    }
    try (HttpConnection connection = HttpConnection.open(to, tls(to), timeoutMillis)) {
      connection.post(head.bytes(), content, 0, content.length);
      return new Post(connection);
    }
  }

  private static @Nullable SSLSocketFactory tls(URI to) throws IOException {
    if (!"https".equals(to.getScheme())) return null;
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException unusable) {
      throw new IOException(unusable.getMessage(), unusable);
    }
  }
}
