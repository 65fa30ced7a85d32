package dev.atalaya.agent.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * A part of a page that is printed from code, between two comments. A stale one fails the test, and
 * is put right on the spot unless this is a build server.
 */
public final class PrintedPage {
  private final Path file;
  private final String name;

  /** {@code path} from the project's top; {@code name} as in the comments. */
  public PrintedPage(String path, String name) {
    this.file = Paths.get("..").resolve(path);
    this.name = name;
  }

  public void mustRead(String printed) throws IOException {
    String begin = "<!-- printed from code: " + name + " -->\n";
    String end = "<!-- end of " + name + " -->";
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) throw new IOException(file + " lacks the comments for " + name);
    String fresh = text.substring(0, from) + begin + printed + text.substring(to);
    if (System.getenv("CI") == null) Files.write(file, fresh.getBytes(StandardCharsets.UTF_8));
    assertTrue(fresh.equals(text), file + " was stale; run the test again");
  }
}
