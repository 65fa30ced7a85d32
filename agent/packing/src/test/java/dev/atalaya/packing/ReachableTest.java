package dev.atalaya.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachableTest {
  private static final String PAGE = "inst/dev/atalaya/agent/page/";

  @Test
  void what_lies_beside_the_agents_classes_is_no_class() throws IOException {
    byte[] style = ":root {\n  color-scheme: light dark;\n}".getBytes(StandardCharsets.UTF_8);
    Map<String, byte[]> entries =
        Map.of(PAGE + "console.css", style, PAGE + "Pages.classdata", aClass());

    assertEquals(Set.of(PAGE + "Pages.classdata"), Reachable.in(entries));
  }

  private static byte[] aClass() throws IOException {
    try (InputStream in = Reachable.class.getResourceAsStream("Component.class")) {
      return in.readAllBytes();
    }
  }
}
