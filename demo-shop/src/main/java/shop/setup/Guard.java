package shop.setup;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A small shell process that stops a server and removes its directory once the shop is gone, also
 * when the shop was killed and could not do so itself.
 */
final class Guard {
  // Ends to read when the other end of its input, the shop, goes away. A Ctrl-C is not for it.
  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      read end
      pid=$(head -n 1 "$0" 2>/dev/null) || exit
      while kill -INT $pid 2>/dev/null; do sleep 0.2; done
      rm -rf "$1"
      """;

  private Guard() {}

  static void watch(Path pidFile, Path directory) throws IOException {
    new ProcessBuilder("sh", "-c", SCRIPT, pidFile.toString(), directory.toString())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
