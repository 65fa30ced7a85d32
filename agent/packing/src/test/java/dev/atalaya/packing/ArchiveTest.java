package dev.atalaya.packing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
  private final TimeZone before = TimeZone.getDefault();

  @TempDir Path folder;

  @AfterEach
  void restore() {
    TimeZone.setDefault(before);
  }

  @Test
  void its_bytes_are_the_same_in_every_time_zone() throws IOException {
    assertArrayEquals(writtenIn("America/New_York"), writtenIn("Asia/Tokyo"));
  }

  private byte[] writtenIn(String zone) throws IOException {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Map<String, byte[]> entries =
        new TreeMap<>(Map.of("deflated", new byte[100], "stored", new byte[100]));
    Path jar = folder.resolve("any.jar");
    Archive.write(jar, new Manifest(), entries, name -> name.equals("stored"));
    return Files.readAllBytes(jar);
  }
}
