package dev.atalaya.agent.weave;

import dev.atalaya.agent.docs.PrintedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/libraries.md lists what the instrumentations say of themselves. */
class LibrariesDocTest {
  private static final String PAGE = "docs/libraries.md";

  @Test
  void the_page_lists_all_libraries() throws Exception {
    Map<String, String> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (LibraryInstrumentation one : ServiceLoader.load(LibraryInstrumentation.class)) {
      Coverage coverage = one.coverage();
      String captured =
          coverage.captured().stream().map(Captured::word).collect(Collectors.joining(", "));
      for (Coverage.Product product : coverage.products()) {
        String name = product.name + (product.isOfJdk() ? " of the JDK" : "");
        String row = "| %s | %s | %s | `%s` |";
        rows.put(name, row.formatted(name, product.versions(), captured, one.name()));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("| library | tested | captured | name |");
    lines.add("|---|---|---|---|");
    lines.addAll(rows.values());
    print("libraries", lines);
  }

  @Test
  void the_page_says_what_is_captured() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Captured captured : Captured.values()) {
      lines.add("- **%s**: %s.".formatted(captured.word(), captured.sentence()));
    }
    print("what is captured", lines);
  }

  @Test
  void the_page_says_what_is_not() throws Exception {
    Map<String, String> limits = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (LibraryInstrumentation one : ServiceLoader.load(LibraryInstrumentation.class)) {
      for (String limit : one.coverage().limits()) {
        limits.merge(one.name(), limit, (some, more) -> some + " " + more);
      }
    }
    List<String> lines = new ArrayList<>();
    limits.forEach((name, limit) -> lines.add("- `" + name + "`: " + limit));
    print("limits", lines);
  }

  private static void print(String part, List<String> lines) throws Exception {
    new PrintedPage(PAGE, part).mustRead(String.join("\n", lines) + "\n");
  }
}
