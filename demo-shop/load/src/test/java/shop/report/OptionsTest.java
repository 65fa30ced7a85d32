package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OptionsTest {
  private static final Path PROJECT = Path.of("project");

  @Test
  void nothing_asks_for_the_whole_report() {
    assertEquals(
        new Options(Plan.FULL, PROJECT.resolve("demo-shop/target/report"), false),
        Options.of(PROJECT));
  }

  @Test
  void all_can_be_asked_for() {
    Options all = new Options(Plan.QUICK, Path.of("here"), true);
    assertEquals(all, Options.of(PROJECT, "--quick", "--out=here", "--check"));
    assertEquals(all, Options.of(PROJECT, "--check", "--out", "here", "--quick"));
  }

  @Test
  void what_is_unknown_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> Options.of(PROJECT, "--fast"));
    assertThrows(IllegalArgumentException.class, () -> Options.of(PROJECT, "--out"));
  }
}
