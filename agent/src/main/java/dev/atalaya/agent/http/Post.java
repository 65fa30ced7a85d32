package dev.atalaya.agent.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One POST on a connection of its own, and its response. */
public final class Post {
  public final int status;

  /** The response's body, or its beginning. */
  public final String body;

  private Post(HttpConnection connection) {
    status = connection.status;
    body = new String(connection.body, StandardCharsets.UTF_8);
  }

  /**
   * Sends, with the JVM's own certificates where the URL is https, and waits for the response.
   *
   * @param timeoutMillis of connecting, and of each silence after that; a server that stops reading
   *     is waited for without end, where what is sent does not fit the buffers (some 64 KB)
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
