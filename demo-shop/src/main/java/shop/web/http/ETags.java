package shop.web.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Strong entity tags: the same tag, the same bytes. */
final class ETags {
  private ETags() {}

  /**
   * @param encoding of what is sent, since its bytes are others than the body's; empty for none
   */
  static String of(byte[] body, String encoding) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
      return '"' + text + (encoding.isEmpty() ? "" : "-" + encoding) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has it", e);
    }
  }

  /**
   * Of what never changes as long as the database lives. Another database has other pictures of the
   * same number.
   */
  static String ofPath(String database, String path) {
    return of((database + path).getBytes(StandardCharsets.UTF_8), "");
  }
}
