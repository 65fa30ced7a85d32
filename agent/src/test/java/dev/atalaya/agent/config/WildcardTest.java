package dev.atalaya.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WildcardTest {
  @ParameterizedTest
  @CsvSource({
    "GET /admin/*, GET /admin/users, true",
    "GET /admin/*, GET /admin/, true",
    "GET /admin/*, GET /admin, false",
    "*.png, /a.png.gif, false",
    "/a*a, /a, false",
    "/*/b/*/b, /x/b/b, false",
    "/*/b/*/b, /x/b/y/b/b, true",
    "a**b, ab, true",
    "*, '', true",
    "'', '', true",
    "'', a, false",
    "a.b, axb, false",
    "\\E.*, \\E.x, true",
  })
  void a_star_stands_for_any_characters(String pattern, String text, boolean matches) {
    assertEquals(matches, new Wildcard(pattern, false).matches(text));
  }

  @Test
  void a_pattern_may_hold_for_small_and_large_letters() {
    assertEquals(true, new Wildcard("AUDIT*log", true).matches("audit_x_LOG"));
    assertFalse(new Wildcard("AUDIT*log", false).matches("audit_x_LOG"));
  }

  @Test
  void a_long_path_is_no_matter_of_seconds() {
    StringBuilder path = new StringBuilder("/static");
    while (path.length() < 50_000) path.append("/img/a");
    Wildcard many = new Wildcard("/static/*/img/*/*/*/img/*/*/*/*.png", false);
    assertTimeout(Duration.ofSeconds(2), () -> assertFalse(many.matches(path.toString())));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_129, -7_046_029_254_386_353_131L})
  void it_says_what_a_simple_matcher_says(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 30_000; i++) {
      String pattern = text(random, "ab*A", 8);
      String text = text(random, "abA", 12);
      boolean ignoresCase = random.nextBoolean();
      String p = ignoresCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
      String t = ignoresCase ? text.toLowerCase(Locale.ROOT) : text;
      assertEquals(
          simply(p, 0, t, 0),
          new Wildcard(pattern, ignoresCase).matches(text),
          () -> pattern + " on " + text + ", seed " + seed);
    }
  }

  private static boolean simply(String pattern, int p, String text, int t) {
    if (p == pattern.length()) return t == text.length();
    if (pattern.charAt(p) == '*') {
      return simply(pattern, p + 1, text, t)
          || t < text.length() && simply(pattern, p, text, t + 1);
    }
    return t < text.length()
        && text.charAt(t) == pattern.charAt(p)
        && simply(pattern, p + 1, text, t + 1);
  }

  private static String text(Random random, String letters, int longest) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(longest + 1); n > 0; n--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
