package dev.atalaya.it;

import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Two web applications for servers that are installed: of src/apps/java/war, packed as a file. */
public final class WebArchive {
  private static final Path DESCRIPTORS = Path.of("src", "apps", "resources", "war");

  private WebArchive() {}

  /** Servlets that end in all ways. */
  public static void shop(Path archive, boolean jakarta, Manifest manifest) throws IOException {
    List<Path> api = List.of(servlets(jakarta));
    try (JarOutputStream jar = open(archive, manifest)) {
      add(jar, "WEB-INF/classes/", Sources.compile("war.AllServlets", 8, jakarta, api));
      add(jar, "WEB-INF/web.xml", Files.readAllBytes(DESCRIPTORS.resolve("shop.xml")));
    }
  }

  /**
   * Books of a database, a servlet that fails, files.
   *
   * @param source the JNDI name of the server's data source; if empty, the archive has a driver
   */
  public static void library(Path archive, boolean jakarta, String source, Manifest manifest)
      throws IOException {
    Path driver = Libraries.file(ServerContract.H2);
    List<Path> api = List.of(servlets(jakarta), driver);
    String descriptor = Files.readString(DESCRIPTORS.resolve("library.xml"));
    try (JarOutputStream jar = open(archive, manifest)) {
      for (String type : List.of("war.Books", "war.Failing", "war.Passage")) {
        add(jar, "WEB-INF/classes/", Sources.compile(type, 8, jakarta, api));
      }
      if (source.isEmpty()) add(jar, "WEB-INF/lib/h2.jar", Files.readAllBytes(driver));
      add(jar, "WEB-INF/web.xml", descriptor.replace("${source}", source).getBytes());
      add(jar, "there.txt", "a file".getBytes());
    }
  }

  private static Path servlets(boolean jakarta) {
    return Libraries.file(
        jakarta
            ? "jakarta.servlet:jakarta.servlet-api:6.0.0"
            : "javax.servlet:javax.servlet-api:3.1.0");
  }

  private static JarOutputStream open(Path archive, Manifest manifest) throws IOException {
    Files.createDirectories(archive.getParent());
    OutputStream out = Files.newOutputStream(archive);
    JarOutputStream jar =
        manifest == null ? new JarOutputStream(out) : new JarOutputStream(out, manifest);
    for (String folder : List.of("WEB-INF/", "WEB-INF/classes/")) { // OSGi looks for these
      jar.putNextEntry(new ZipEntry(folder));
    }
    return jar;
  }

  private static void add(JarOutputStream jar, String prefix, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(jar, prefix + folder.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
