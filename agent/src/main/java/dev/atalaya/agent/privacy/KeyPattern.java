package dev.atalaya.agent.privacy;

/** The pattern that a key of a store follows: {@code user:123:cart} reads {@code user:{}:cart}. */
public final class KeyPattern {
  private static final int LONGEST = 255;

  /** Stands for a byte that is no printable ASCII; no word holds it. */
  private static final char BINARY = '\uFFFD';

  private KeyPattern() {}

  public static String of(CharSequence key) {
    StringBuilder out = new StringBuilder(Math.min(key.length() + 2, LONGEST));
    Segment.fold(key, out, LONGEST);
    return out.toString();
  }

  public static String of(byte[] key) {
    int length = Math.min(key.length, 2_048);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      byte b = key[i];
      text.append(b > ' ' && b < 127 ? (char) b : BINARY);
    }
    return of(text);
  }
}
