package dev.atalaya.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTest {
  @Test
  void what_steers_a_terminal_or_a_readers_eye_is_written_out() {
    assertEquals("a\\nb\\r\\tc", Escaped.line("a\nb\r\tc"));
    assertEquals("\\u001b[2Jx\\u0000\\u007f", Escaped.line("\u001b[2Jx\u0000\u007f"));
    assertEquals("\\u0085\\u009b", Escaped.line("\u0085\u009b"), "C1: a next line, an escape");
    assertEquals("\\u2028\\u2029", Escaped.line("\u2028\u2029"));
    assertEquals("\\u202e\\u2066\\u200f\\u061c", Escaped.line("\u202e\u2066\u200f\u061c"));
    assertEquals("\\ufeff\\u200b", Escaped.line("\ufeff\u200b"));
    assertEquals("\\ud83d", Escaped.line("\ud83d"));
    assertEquals("\\udb40\\udc41", Escaped.line(new String(Character.toChars(0xE0041))));
  }

  @Test
  void what_is_plain_stays_as_it_is() {
    for (String plain : new String[] {"", "SELECT \"a b\" \\n", "caf\u00e9 \u4e2d"}) {
      assertSame(plain, Escaped.line(plain));
    }
    assertEquals("\ud83d\ude00", Escaped.line("\ud83d\ude00"));
  }

  @Test
  void a_line_of_the_log_is_one_line() {
    Exception error = new IllegalStateException("x\n[atalaya] forged");
    String line = Log.line("WARN ", "SELECT \"a\n[atalaya] forged\u001b[1A\"", error);
    assertTrue(
        line.endsWith(
            "forged\\u001b[1A\": java.lang.IllegalStateException: x\\n[atalaya]" + " forged"),
        line);
    assertFalse(line.contains("\n"));
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 31_337})
  void nothing_unseen_is_left_of_any_text(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n > 0; n--) text.append((char) random.nextInt(0x10000));
      String line = Escaped.line(text.toString());
      assertTrue(
          line.codePoints()
              .allMatch(
                  c -> {
                    int type = Character.getType(c);
                    return type != Character.CONTROL
                        && type != Character.FORMAT
                        && type != Character.SURROGATE
                        && type != Character.LINE_SEPARATOR
                        && type != Character.PARAGRAPH_SEPARATOR;
                  }),
          () -> line + ", seed " + seed);
      assertEquals(line, Escaped.line(line), "nothing is escaped twice");
    }
  }
}
