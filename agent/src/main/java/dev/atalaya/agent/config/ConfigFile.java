package dev.atalaya.agent.config;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The file of settings. Only a thread of its own looks at it, as that may hang on a mount that has
 * gone away.
 */
final class ConfigFile {
  private final File file;
  private final AtomicReference<@Nullable Content> read = new AtomicReference<>();
  private volatile @Nullable CountDownLatch look;
  private long stamp = -1; // used by the reading thread, of which there is one at a time

  ConfigFile(File file) {
    this.file = file;
  }

  /** Begins to look at it on a thread, unless that is still being done. */
  void look() {
    if (isLooking()) return;
    CountDownLatch done = new CountDownLatch(1);
    look = done;
    Thread thread = new Thread(null, () -> look(done), "atalaya-config", 256 * 1024);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  /** False where what was begun is not done by then. */
  boolean await(long millis) {
    CountDownLatch begun = look;
    if (begun == null) return true;
    try {
      return begun.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isLooking() {
    CountDownLatch begun = look;
    return begun != null && begun.getCount() > 0;
  }

  /** What was found since the last time; null where the file is as it was. */
  @Nullable Content take() {
    return read.getAndSet(null);
  }

  private void look(CountDownLatch done) {
    try {
      long now = file.exists() ? file.lastModified() * 31 + file.length() : 0;
      if (now == stamp) return;
      stamp = now;
      read.set(content());
    } finally {
      done.countDown();
    }
  }

  private Content content() {
    Properties properties = new Properties();
    try {
      ByteArrayInputStream bytes = new ByteArrayInputStream(SmallFile.read(file));
      properties.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    } catch (IOException | IllegalArgumentException wrong) {
      return new Content(null, wrong.getMessage());
    } catch (OutOfMemoryError full) {
      return new Content(null, "out of memory");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).trim());
    }
    return new Content(values, null);
  }

  @Override
  public String toString() {
    return file.toString();
  }

  /** What the file says, or why it could not be read. */
  static final class Content {
    final @Nullable Map<String, String> values;
    final @Nullable String problem;

    Content(@Nullable Map<String, String> values, @Nullable String problem) {
      this.values = values;
      this.problem = problem;
    }
  }
}
