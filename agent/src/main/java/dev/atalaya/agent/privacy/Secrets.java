package dev.atalaya.agent.privacy;

/**
 * Tells secrets and people from the words and numbers that paths and parameters are made of: by how
 * tokens are known to begin, by mail addresses and UUIDs, and by letters and digits that look
 * random. One pass over the text, without a regular expression that could backtrack.
 */
final class Secrets {
  /** Parts of the names whose values are secrets, in lower case without punctuation. */
  // Holds semantic conventions' AWSAccessKeyId, Signature, X-Goog-Signature (HTTP spans, url.full).
  private static final String[] NAME_PARTS = {
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "key",
    "auth",
    "session",
    "card",
    "signature",
    "credential",
    "jwt",
    "assertion"
  };

  private static final String[] NAMES =
      "pass sig sid pin cvv cvc otp ssn iban code mail email".split(" ");

  /** Segments of a path that a secret may follow, as in {@code /reset/X7K2P9}. */
  private static final String[] BEFORE =
      ("token tokens password passwords reset verify verification confirm confirmation activate"
              + " activation invite invitation invitations unsubscribe recover recovery otp pin"
              + " magic session sessions secret secrets jwt apikey")
          .split(" ");

  private static final String[] BEGINNINGS = {
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "sk_live_",
    "sk_test_",
    "pk_live_",
    "rk_live_",
    "whsec_",
    "shpat_",
    "npm_",
    "pypi-",
    "hvs.",
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "eyJ"
  };

  private static final int SHORTEST_TOKEN = 12;
  private static final int LONGEST_WORD = 40;

  private Secrets() {}

  /** Whether a parameter of that name holds a secret. */
  static boolean isName(CharSequence text, int start, int end) {
    if (end - start > 128) return true;
    for (String part : NAME_PARTS) {
      for (int i = start; i < end; i++) if (spells(text, i, end, part) >= 0) return true;
    }
    for (String name : NAMES) {
      int stop = spells(text, start, end, name);
      while (stop >= 0 && stop < end && !isAlphanumeric(text.charAt(stop))) stop++;
      if (stop == end) return true;
    }
    return false;
  }

  /**
   * Where {@code word} ends if it begins at {@code start}, whatever else is between its letters;
   * else -1.
   */
  private static int spells(CharSequence text, int start, int end, String word) {
    int matched = 0;
    int i = start;
    for (; i < end && matched < word.length(); i++) {
      char c = text.charAt(i);
      if (!isAlphanumeric(c)) continue;
      if ((isDigit(c) ? c : c | 0x20) != word.charAt(matched++)) return -1;
    }
    return matched == word.length() ? i : -1;
  }

  /** Whether a segment of a path says that what follows it is one: {@code reset-password}. */
  static boolean precede(String text, int start, int end) {
    int word = start;
    for (int i = start; i <= end; i++) {
      if (i < end && isAlphanumeric(text.charAt(i))) continue;
      for (String known : BEFORE) {
        int length = i - word;
        if (known.length() == length && text.regionMatches(true, word, known, 0, length)) {
          return true;
        }
      }
      word = i + 1;
    }
    return false;
  }

  /** Whether a secret, a mail address or a random id is anywhere in the text, which is decoded. */
  static boolean in(CharSequence text, int start, int end) {
    int piece = start;
    for (int i = start; i <= end; i++) {
      if (i < end && isAlphanumeric(text.charAt(i))) continue;
      if (piece < i && begins(text, piece, i, end)) return true;
      if (i < end && text.charAt(i) == '@' && isMail(text, start, i, end)) return true;
      piece = i + 1;
    }
    return false;
  }

  private static boolean begins(CharSequence text, int piece, int pieceEnd, int end) {
    if (end - piece >= SHORTEST_TOKEN) {
      for (String known : BEGINNINGS) if (startsWith(text, piece, known)) return true;
    }
    if (end - piece >= 36 && Segment.isUuid(text, piece, piece + 36)) return true;
    return isRandom(text, piece, pieceEnd);
  }

  /** Whether a text of only letters and digits looks random. */
  static boolean isRandom(CharSequence text, int start, int end) {
    int length = end - start;
    if (length < 8) return false;
    int digits = 0;
    int upper = 0;
    int turns = 0; // from letters to digits and back
    boolean hex = true;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      boolean digit = isDigit(c);
      char lower = (char) (c | 0x20);
      if (digit) digits++;
      else if (isUpper(c)) upper++;
      if (!digit && (lower < 'a' || lower > 'f')) hex = false;
      if (i > start && digit != isDigit(text.charAt(i - 1))) turns++;
    }
    if (digits == length) return isCard(text, start, end);
    boolean mixed = upper > 0 && upper < length - digits;
    if (hex && length >= 16 || length > LONGEST_WORD) return true;
    if (digits > 0) return turns > 2 || turns > 1 && (length >= 16 || mixed && length >= 12);
    return length >= 16
        && (mixed && 4 * upper > length || isUnpronounceable(text, start, end, mixed));
  }

  /**
   * Whether it has six consonants in a row, capitals among small letters not counted:
   * HTTPSConnection.
   */
  private static boolean isUnpronounceable(CharSequence text, int start, int end, boolean mixed) {
    int run = 0;
    for (int i = start; i < end && run < 6; i++) {
      char c = text.charAt(i);
      boolean vowel = "aeiouy".indexOf(c | 0x20) >= 0;
      run = vowel || mixed && isUpper(c) ? 0 : run + 1;
    }
    return run == 6;
  }

  /** Luhn's check, which one in ten other numbers passes. */
  private static boolean isCard(CharSequence text, int start, int end) {
    int length = end - start;
    if (length != 15 && length != 16) return false;
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = text.charAt(end - 1 - i) - '0';
      int twice = 2 * digit;
      sum += i % 2 == 0 ? digit : twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }

  /** Something before the sign, and a name with a domain of letters behind it. */
  private static boolean isMail(CharSequence text, int start, int at, int end) {
    if (at == start || !isAlphanumeric(text.charAt(at - 1))) return false;
    int dot = -1;
    int stop = at + 1;
    for (; stop < end; stop++) {
      char c = text.charAt(stop);
      if (c == '.') dot = stop;
      else if (!isAlphanumeric(c) && c != '-') break;
    }
    boolean letters = stop - dot > 2;
    for (int i = dot + 1; i < stop; i++) letters &= !isDigit(text.charAt(i));
    return dot > at + 1 && letters;
  }

  private static boolean startsWith(CharSequence text, int at, String known) {
    if (text.length() - at < known.length()) return false;
    for (int i = 0; i < known.length(); i++) {
      if (text.charAt(at + i) != known.charAt(i)) return false;
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c);
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
