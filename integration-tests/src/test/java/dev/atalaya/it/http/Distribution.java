package dev.atalaya.it.http;

import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A server as it is distributed: a zip with one folder in it. */
final class Distribution {
  /** Of this JVM's own: two may unpack the same at once. */
  private static final Path TARGET =
      Path.of("target", "servers", System.getProperty("atalaya.fork", "1")).toAbsolutePath();

  private Distribution() {}

  /**
   * That server's folder, unpacked once for all tests: what one changes goes elsewhere.
   *
   * @param coordinate of the zip
   * @param needless names of entries that no test needs
   */
  static Path shared(String coordinate, Predicate<String> needless) {
    Path zip = Libraries.file(coordinate);
    Path done = TARGET.resolve(zip.getFileName().toString());
    try {
      if (!Files.isDirectory(done)) {
        Path part = Files.createDirectories(Path.of(done + ".part"));
        unpack(zip, part, needless);
        Files.move(part, done);
      }
      try (Stream<Path> folders = Files.list(done)) {
        return folders.findFirst().orElseThrow();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The distribution's only top folder, in that folder. */
  static Path unpack(Path zip, Path folder, Predicate<String> needless) throws IOException {
    Path home = null;
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(in)) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (home == null) home = folder.resolve(folder.relativize(file).getName(0));
        if (needless.test(entry.getName())) continue;
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          try (var out = Files.newOutputStream(file)) {
            entries.transferTo(out);
          }
        }
      }
    }
    return home;
  }

  /** Copies all files of a folder. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
