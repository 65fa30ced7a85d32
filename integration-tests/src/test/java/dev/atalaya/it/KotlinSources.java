package dev.atalaya.it;

import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The test applications of src/apps/kotlin, compiled by Kotlin's compiler in a JVM of its own. */
public final class KotlinSources {
  private static final Path ROOT = Path.of("src", "apps", "kotlin");

  private KotlinSources() {}

  /**
   * What to start that class with: its classes, the Java ones of src/apps that it needs, and its
   * libraries.
   *
   * @param compiler a version of Kotlin that the libraries go with
   */
  public static List<Path> classPath(
      String mainClass, String compiler, List<String> javaClasses, List<Path> libraries) {
    List<Path> classPath = new ArrayList<>(libraries);
    for (String type : javaClasses) classPath.add(Sources.compile(type, 8, false, libraries));
    String folder =
        mainClass + "-kotlin-" + compiler + "-" + Integer.toHexString(libraries.hashCode());
    Path output = Sources.TARGET.resolve(folder).toAbsolutePath();
    List<Path> tool =
        Libraries.classPath("org.jetbrains.kotlin:kotlin-compiler-embeddable:" + compiler);
    try {
      Files.createDirectories(output);
      Tool.Result compiled =
          new Tool(Jvm.running().java())
              .run(
                  Path.of("."),
                  "-cp",
                  Sources.joined(tool),
                  "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                  "-no-stdlib",
                  "-no-reflect",
                  "-nowarn",
                  "-jvm-target",
                  "1.8",
                  "-classpath",
                  Sources.joined(classPath),
                  "-d",
                  output.toString(),
                  source(mainClass).toString());
      if (compiled.status() != 0) {
        throw new IllegalStateException("cannot compile " + mainClass + ":\n" + compiled.output());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    classPath.add(0, output);
    return classPath;
  }

  /** The number of the line that ends in the comment {@code // <- mark}. */
  public static int line(String mainClass, String mark) {
    return Sources.line(source(mainClass), mark);
  }

  private static Path source(String mainClass) {
    return ROOT.resolve(mainClass.replace('.', '/') + ".kt");
  }
}
