package dev.atalaya.it;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The test applications of src/apps/java, compiled while a test runs against the very libraries
 * that they are then started with: one source serves a library's oldest and newest version, and
 * packages that have other names there, as javax and jakarta.
 */
public final class Sources {
  private static final Path ROOT = Path.of("src", "apps", "java");
  private static final Path LIBRARIES = Path.of("src", "apps", "libraries");

  /** Of this JVM's own: two may compile the same at once. */
  static final Path TARGET = Path.of("target", "apps", System.getProperty("atalaya.fork", "1"));

  static final Map<String, String> JAKARTA =
      Map.of(
          "javax.persistence", "jakarta.persistence",
          "javax.servlet", "jakarta.servlet",
          "javax.ws.rs", "jakarta.ws.rs");
  private static final Map<String, Path> COMPILED = new ConcurrentHashMap<>();

  private Sources() {}

  /** The folder with that class and the classes it needs. */
  public static Path compile(String mainClass, int release, boolean jakarta, List<Path> classPath) {
    return compile(
        mainClass,
        release,
        jakarta ? JAKARTA : Map.of(),
        classPath,
        Map.of(),
        Jvm.running(),
        List.of());
  }

  /**
   * The same of a source that is mended.
   *
   * @param renames what in the sources to what is to be there
   * @param mends code by the mark of the places where it is to be put, see {@link Mended}
   * @param processors of the source's annotations
   * @param jvm whose compiler is taken where that of the tests does not know the release yet
   */
  public static Path compile(
      String mainClass,
      int release,
      Map<String, String> renames,
      List<Path> classPath,
      Map<String, String> mends,
      Jvm jvm,
      List<Path> processors) {
    String key =
        mainClass
            + '-'
            + release
            + (renames.isEmpty() ? "-" : "-" + folder(renames) + "-")
            + Integer.toHexString(classPath.hashCode())
            + (mends.isEmpty() ? "" : "-mended-" + Integer.toHexString(mends.hashCode()));
    return COMPILED.computeIfAbsent(
        key,
        folder -> {
          Path root = renames.isEmpty() ? ROOT : renamed(renames);
          return compile(
              TARGET.resolve(folder), root, mainClass, release, classPath, mends, jvm, processors);
        });
  }

  /** The folder with that class of a library, apart from all applications. */
  public static Path compileLibrary(String type, int release) {
    return COMPILED.computeIfAbsent(
        type + '-' + release,
        folder ->
            compile(
                TARGET.resolve(folder),
                LIBRARIES,
                type,
                release,
                List.of(),
                Map.of(),
                Jvm.running(),
                List.of()));
  }

  /** The number of the line that ends in the comment {@code // <- mark}. */
  public static int line(String mainClass, String mark) {
    return line(ROOT.resolve(mainClass.replace('.', '/') + ".java"), mark);
  }

  static int line(Path source, String mark) {
    try {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).endsWith("// <- " + mark)) {
          return i + 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalArgumentException("no mark " + mark + " in " + source);
  }

  private static Path compile(
      Path output,
      Path root,
      String mainClass,
      int release,
      List<Path> classPath,
      Map<String, String> mends,
      Jvm jvm,
      List<Path> processors) {
    try {
      Files.createDirectories(output);
      String file = mainClass.replace('.', '/') + ".java";
      Path source = root.resolve(file);
      if (!mends.isEmpty()) {
        source = Path.of(output + "-source").resolve(file);
        Files.createDirectories(source.getParent());
        Files.writeString(source, Mended.source(Files.readString(root.resolve(file)), mends));
      }
      List<String> options =
          new ArrayList<>(
              List.of(
                  "--release",
                  Integer.toString(release),
                  "-nowarn",
                  "-Xlint:none",
                  "-parameters",
                  "-g",
                  "-implicit:class",
                  "-encoding",
                  "UTF-8"));
      options.addAll(List.of("-sourcepath", root.toString(), "-d", output.toString()));
      options.addAll(
          processors.isEmpty()
              ? List.of("-proc:none")
              : List.of("-processorpath", joined(processors)));
      options.addAll(List.of("-classpath", joined(classPath)));
      String messages =
          release <= Runtime.version().feature()
              ? compile(source, options)
              : compile(source, options, jvm);
      if (messages != null) {
        throw new IllegalStateException("cannot compile " + mainClass + ":\n" + messages);
      }
      return output.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String joined(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** What is wrong with it, null for nothing. */
  private static String compile(Path source, List<String> options) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("the tests need a JDK, this Java has no compiler");
    }
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      return done ? null : messages.toString();
    }
  }

  private static String compile(Path source, List<String> options, Jvm jvm) throws IOException {
    List<String> arguments = new ArrayList<>(options);
    arguments.add(source.toString());
    try {
      Tool.Result compiled =
          new Tool(jvm.home().resolve("bin/javac").toString())
              .run(Path.of("."), arguments.toArray(new String[0]));
      return compiled.status() == 0 ? null : compiled.output();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized Path renamed(Map<String, String> renames) {
    Path copy = TARGET.resolve(folder(renames) + "-sources");
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(ROOT.relativize(file));
        Files.createDirectories(to.getParent());
        String source = Files.readString(file);
        for (Map.Entry<String, String> name : renames.entrySet()) {
          source = source.replace(name.getKey(), name.getValue());
        }
        Files.writeString(to, source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  private static String folder(Map<String, String> renames) {
    return renames == JAKARTA ? "jakarta" : "renamed-" + Integer.toHexString(renames.hashCode());
  }
}
