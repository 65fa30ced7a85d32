package dev.atalaya.agent.weave;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The classes of one version of a library and of all that it needs, read and never loaded. */
final class ClassFiles implements Closeable {
  private final String name;
  private final List<Closeable> open = new ArrayList<>();
  private final List<Path> roots = new ArrayList<>();
  private final ClassLoader loader = new Loader();
  private final boolean ofJdk;

  private ClassFiles(String name, boolean ofJdk) {
    this.name = name;
    this.ofJdk = ofJdk;
  }

  /** {@code files} are jars and folders, and zip files that hold jars. */
  static ClassFiles of(String name, List<Path> files) throws IOException {
    ClassFiles classes = new ClassFiles(name, false);
    for (Path file : files) classes.add(file);
    return classes;
  }

  static ClassFiles ofJdk(String name, Path home) throws IOException {
    ClassFiles classes = new ClassFiles(name, true);
    Path old = Jdks.runtimeJar(home);
    if (old != null) {
      classes.add(old);
      return classes;
    }
    FileSystem image =
        FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
    classes.open.add(image);
    try (DirectoryStream<Path> modules = Files.newDirectoryStream(image.getPath("modules"))) {
      modules.forEach(classes.roots::add);
    }
    return classes;
  }

  private void add(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      roots.add(file);
      return;
    }
    FileSystem archive = FileSystems.newFileSystem(file);
    open.add(archive);
    Path root = archive.getPath("/");
    roots.add(root);
    if (!file.toString().endsWith(".zip")) return;
    try (Stream<Path> inside = Files.walk(root)) {
      for (Path jar : inside.filter(path -> path.toString().endsWith(".jar")).toList()) add(jar);
    }
  }

  boolean areOfJdk() {
    return ofJdk;
  }

  /** One to weave them in. */
  ClassLoader loader() {
    return loader;
  }

  byte @Nullable [] file(String internalName) {
    return resource(internalName + ".class");
  }

  void forEach(Consumer<byte[]> action) {
    for (Path root : roots) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(path -> path.toString().endsWith(".class"))
            .filter(path -> !path.endsWith("module-info.class"))
            .forEach(path -> action.accept(read(path)));
      } catch (IOException error) {
        throw new UncheckedIOException(error);
      }
    }
  }

  /** What a jar has for newer Javas alone is taken from there. */
  private byte @Nullable [] resource(String path) {
    for (String folder : List.of("", "META-INF/versions/21/")) {
      for (Path root : roots) {
        Path file = root.resolve(folder + path);
        if (Files.isRegularFile(file)) return read(file);
      }
    }
    return null;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = open.size() - 1; i >= 0; i--) open.get(i).close();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Sees nothing of the tests' class path, which has other versions. */
  private final class Loader extends ClassLoader {
    Loader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String path) {
      byte[] file = resource(path);
      return file == null ? super.getResourceAsStream(path) : new ByteArrayInputStream(file);
    }
  }
}
