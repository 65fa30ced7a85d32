package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class ProcFolderTest {
  @TempDir Path folder;

  @Test
  void what_works_in_a_folder_is_counted_and_nothing_else() throws Exception {
    assertEquals(0, ProcFolder.cpuSecondsIn(folder.toRealPath()));
    Process busy =
        new ProcessBuilder("sh", "-c", "while :; do :; done").directory(folder.toFile()).start();
    try {
      double used = 0;
      for (int i = 0; i < 100 && used == 0; i++) {
        Thread.sleep(50);
        used = ProcFolder.cpuSecondsIn(folder.toRealPath());
      }
      assertTrue(used > 0 && used < 6, used + " s");
    } finally {
      busy.destroyForcibly().waitFor();
    }
  }

  @Test
  void the_machine_has_been_busy() throws IOException {
    assertTrue(ProcFolder.busySeconds() > 0);
  }
}
