package dev.atalaya.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir Path folder;

  @Test
  void a_pipe_is_no_file_of_settings() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    assertRefused(pipe, "it is no regular file");
  }

  @Test
  void a_folder_and_a_device_are_none_either() {
    assertRefused(folder, "it is no regular file");
    assertRefused(new File("/dev/zero").toPath(), "it is no regular file");
    assertRefused(folder.resolve("none"), "there is no such file");
  }

  @Test
  void a_file_of_a_gigabyte_is_not_read() throws Exception {
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(1L << 30);
    }
    assertRefused(large, "it is larger than 1 MiB");
  }

  @Test
  void a_link_to_a_file_is_followed() throws Exception {
    Path file = folder.resolve("..data");
    Files.write(file, Collections.singletonList("otel.service.name=shop"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Options options = Options.read("atalaya.config=" + link);
    assertEquals(Collections.emptyList(), options.warnings());
    assertEquals("shop", options.get(Options.SERVICE_NAME));
  }

  @Test
  void a_mount_that_hangs_holds_up_its_own_thread_alone() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    File file = folder.resolve("settings").toFile();
    Files.write(file.toPath(), Collections.singletonList("a=b"));
    File hanging =
        new File(file.getPath()) {
          @Override
          public boolean exists() {
            looks.incrementAndGet();
            try {
              hangs.await();
            } catch (InterruptedException ended) {
              Thread.currentThread().interrupt();
            }
            return super.exists();
          }
        };
    ConfigFile config = new ConfigFile(hanging);
    assertTimeoutPreemptively(
        SOON,
        () -> {
          config.look();
          assertFalse(config.await(50));
          config.look();
          config.look();
          assertNull(config.take());
        });
    hangs.countDown();
    assertTrue(config.await(5_000));
    ConfigFile.Content content = config.take();
    assertNotNull(content);
    assertEquals(Collections.singletonMap("a", "b"), content.values);
    assertNull(config.take(), "once");
    assertEquals(2, looks.get(), "one look, which asks twice: no second one beside it");
  }

  @Test
  void who_cannot_wait_takes_what_was_found() throws Exception {
    Path file = folder.resolve("settings");
    Files.write(file, Collections.singletonList("atalaya.enabled=false"));
    Options options = Options.read("atalaya.config=" + file);
    assertFalse(options.hasChanged(), "it was read at the start");
    Files.write(file, Collections.singletonList("atalaya.enabled=true\n"));
    options.look();
    long deadline = System.nanoTime() + SOON.toNanos();
    boolean changed = false;
    while (!changed && System.nanoTime() < deadline) {
      changed = options.hasChanged();
      Thread.sleep(5);
    }
    assertTrue(changed && options.get(Options.ENABLED));
  }

  private static void assertRefused(Path path, String why) {
    List<String> warnings =
        assertTimeoutPreemptively(SOON, () -> Options.read("atalaya.config=" + path).warnings());
    assertEquals(
        Collections.singletonList(
            "atalaya.config: " + path + " cannot be read: " + why + "; going on without it"),
        warnings);
  }
}
