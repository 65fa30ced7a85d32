package dev.atalaya.agent.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The head of a POST, all but the length that {@link HttpConnection#post} adds. */
public final class RequestHead {
  private final StringBuilder text = new StringBuilder(256);

  public RequestHead(URI to) {
    String path = to.getRawPath();
    text.append("POST ").append(path == null || path.isEmpty() ? "/" : path);
    if (to.getRawQuery() != null) text.append('?').append(to.getRawQuery());
    text.append(" HTTP/1.1\r\nHost: ").append(to.getHost());
    if (to.getPort() > 0) text.append(':').append(to.getPort());
    text.append("\r\n");
  }

  /** Throws where the value would be more than one header. */
  public RequestHead with(String name, String value) throws IOException {
    String line = name + ": " + value;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) < ' ') throw new IOException("header " + name);
    }
    text.append(line).append("\r\n");
    return this;
  }

  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
