package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TextTest {

  @Test
  void text_cannot_become_markup() {
    assertEquals(
        "&lt;script a=&quot;x&quot; b=&#39;y&#39;&gt; &amp;amp;",
        Text.html("<script a=\"x\" b='y'> &amp;"));
  }

  @Test
  void figures_have_the_unit_that_suits_them() {
    assertEquals("0 ms", Text.millis(0));
    assertEquals("0.4 ms", Text.millis(0.4));
    assertEquals("8 ms", Text.millis(8));
    assertEquals("999 ms", Text.millis(999));
    assertEquals("1.25 s", Text.millis(1_250));
    assertEquals("12.3 s", Text.millis(12_345));
    assertEquals("0.5 %", Text.percent(0.005));
    assertEquals("0 %", Text.percent(0));
    assertEquals("93 %", Text.percent(0.934));
    assertEquals("unknown", Text.percent(Double.NaN));
    assertEquals("21 KB", Text.bytes(21_504));
    assertEquals("1.5 MB", Text.bytes(1.5 * 1_048_576));
    assertEquals("12,345", Text.count(12_345));
    assertEquals("3.4×", Text.times(3.44));
  }
}
