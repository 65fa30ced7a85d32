package shop.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A cache's keys in the second tier.
 *
 * @param prefix of the database whose values they are, and of their JSON's shape
 */
record Names(String prefix, String cache) {
  /** Memcached takes 250 bytes without white space. */
  private static final Pattern PLAIN = Pattern.compile("[\\w:=,.-]{1,80}");

  String shared(String key) {
    return prefix + ":" + cache + ":" + (PLAIN.matcher(key).matches() ? key : digest(key));
  }

  private static String digest(String key) {
    try {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException every) {
      throw new IllegalStateException(every);
    }
  }
}
