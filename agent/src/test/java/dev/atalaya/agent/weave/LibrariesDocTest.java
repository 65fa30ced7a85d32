package dev.atalaya.agent.weave;

import dev.atalaya.agent.docs.PrintedPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/libraries.md lists what the instrumentations weave. */
class LibrariesDocTest {
  @Test
  void the_page_lists_all_instrumentations() throws Exception {
    Map<String, TreeSet<String>> woven = new TreeMap<>();
    for (LibraryInstrumentation instrumentation :
        ServiceLoader.load(LibraryInstrumentation.class)) {
      Weaver weaver = new Weaver(instrumentation.name());
      instrumentation.weave(weaver);
      TreeSet<String> types = woven.computeIfAbsent(instrumentation.name(), n -> new TreeSet<>());
      for (Rule rule : weaver.rules()) {
        types.add((rule.subtypes ? "below " : "") + "`" + rule.type.replace('/', '.') + "`");
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("| name | woven |");
    lines.add("|---|---|");
    woven.forEach(
        (name, types) -> lines.add("| `" + name + "` | " + String.join(", ", types) + " |"));
    new PrintedPage("docs/libraries.md", "libraries").mustRead(String.join("\n", lines) + "\n");
  }
}
