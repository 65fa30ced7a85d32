package dev.atalaya.it.faults;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is reachable in an application, by the JDK's own tool. */
final class LiveHeap {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  private LiveHeap() {}

  /** Bytes of all objects that are reachable, after a full collection. */
  static long bytes(App app) throws IOException {
    String jcmd = Path.of(Jvm.running().java()).resolveSibling("jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(app.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IOException("no total in " + histogram);
    }
    return Long.parseLong(total.group(1));
  }
}
