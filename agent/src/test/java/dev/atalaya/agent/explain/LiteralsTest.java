package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Values in a plan. */
class LiteralsTest {
  @Test
  void values_read_as_marks_and_names_stay() {
    assertEquals(
        "(t1.\"a '7'\" = $1) AND b2 > ? AND c = ?::text AND d < ? AND e = ?3",
        Literals.withoutValues(
            "(t1.\"a '7'\" = $1) AND b2 > 100.5e-3 AND c = 'it''s 7'::text AND d < 7 AND e = ?3"));
  }

  @Test
  void a_string_without_an_end_is_none_of_the_plan() {
    assertEquals("a = ?", Literals.withoutStrings("a = 'secret"));
    assertEquals("\"a", Literals.withoutStrings("\"a"));
  }

  @Test
  void a_long_text_is_cut_to_eight_kilobytes() {
    for (String text : new String[] {"a".repeat(9_000), "é".repeat(9_000), "😀".repeat(3_000)}) {
      String cut = Literals.bounded(text);
      int bytes = cut.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 8 * 1024 && bytes > 8 * 1024 - 8, () -> "bytes: " + bytes);
      assertTrue(cut.endsWith("…"));
      assertTrue(text.startsWith(cut.substring(0, cut.length() - 1)));
    }
    assertEquals("é".repeat(4_000), Literals.bounded("é".repeat(4_000)));
  }
}
