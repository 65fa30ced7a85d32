package dev.atalaya.agent.alert;

import dev.atalaya.agent.http.Post;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL that takes JSON. User and password in it become basic authentication; they are never shown,
 * nor is a query, and the path only where it is no secret.
 */
final class HttpEndpoint {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_REASON = 200;

  private final URI url;
  private final String shown;
  private final boolean secretPath;

  private HttpEndpoint(URI url, boolean secretPath) {
    this.url = url;
    this.secretPath = secretPath;
    String path = secretPath ? "/..." : url.getRawPath();
    String port = url.getPort() > 0 ? ":" + url.getPort() : "";
    shown = url.getScheme() + "://" + url.getHost() + port + path;
  }

  /** {@code text} is a URL that the options let pass; its path may be the secret. */
  static HttpEndpoint of(String text) {
    return new HttpEndpoint(url(text), true);
  }

  /** {@code path} is appended to that of the URL. */
  static HttpEndpoint below(String text, String path) {
    URI base = url(text);
    String own = base.getRawPath().replaceAll("/+$", "");
    return new HttpEndpoint(
        URI.create(base.getScheme() + "://" + base.getRawAuthority() + own + path), false);
  }

  private static URI url(String text) {
    return URI.create(text.contains("://") ? text : "http://" + text);
  }

  String shown() {
    return shown;
  }

  String post(String json) throws IOException {
    return post(json.getBytes(StandardCharsets.UTF_8), Collections.emptyMap());
  }

  /** The status, where it is one of success. */
  String post(byte[] json, Map<String, String> more) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>(more);
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "atalaya");
    String credentials = credentials();
    if (credentials != null) headers.put("Authorization", credentials);
    Post post;
    try {
      post = Post.send(url, headers, json, TIMEOUT_MILLIS);
    } catch (UnknownHostException unknown) {
      throw new IOException("unknown host " + url.getHost(), unknown);
    } catch (SocketTimeoutException late) {
      throw new IOException("timeout", late);
    } catch (IOException failed) {
      if (failed.getMessage() != null) throw failed;
      throw new IOException(failed.getClass().getSimpleName(), failed);
    }
    int status = post.status;
    if (status >= 200 && status < 300) return String.valueOf(status);
    String reason = status + reason(post.body);
    boolean never = status == 400 || status == 413 || status == 422;
    throw never ? new Refusal(reason) : new IOException(reason);
  }

  private @Nullable String credentials() {
    String user = url.getUserInfo();
    if (user == null) return null;
    byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** The first line of the response's body; some servers repeat the URL there. */
  private String reason(String body) {
    String line = body.trim();
    if (secretPath && url.getRawPath().length() > 1) line = line.replace(url.getRawPath(), "/...");
    if (url.getRawQuery() != null) line = line.replace(url.getRawQuery(), "...");
    if (url.getRawUserInfo() != null) line = line.replace(url.getRawUserInfo(), "...");
    int end = 0;
    while (end < line.length() && end < LONGEST_REASON && line.charAt(end) >= ' ') end++;
    return end == 0 || line.startsWith("<") ? "" : " " + line.substring(0, end);
  }
}
