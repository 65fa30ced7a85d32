package dev.atalaya.it.cost;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The measured service's class path and the agents it is started with, under target/bench. */
final class Bench {
  private final Path root;
  private final Path target;

  private Bench(Path root) {
    this.root = root;
    this.target = root.resolve("integration-tests/target/bench");
  }

  /** Compiles the services and fetches their libraries and the agents, by Maven. */
  static Bench build(String... options) throws IOException, InterruptedException {
    Bench bench = new Bench(root());
    Path log = Files.createDirectories(bench.target).resolve("build.log");
    boolean windows = File.separatorChar == '\\';
    List<String> command = new ArrayList<>();
    command.add(bench.root.resolve(windows ? "mvnw.cmd" : "mvnw").toString());
    command.addAll(List.of("-q", "-B", "-f", "integration-tests/src/bench/pom.xml"));
    command.addAll(List.of(options));
    command.add("process-classes");
    Process maven =
        new ProcessBuilder(command)
            .directory(bench.root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (maven.waitFor() != 0) {
      throw new IOException("The service could not be built:\n" + Files.readString(log));
    }
    return bench;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("integration-tests/src/bench/pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("Run it inside the repository");
      }
    }
    return folder;
  }

  Path target() {
    return target;
  }

  /** {@code libraries}: the folder that has them. */
  String classPath(String libraries) throws IOException {
    try (Stream<Path> jars = Files.list(target.resolve(libraries))) {
      return Stream.concat(Stream.of(target.resolve("classes")), jars.sorted())
          .map(Path::toString)
          .reduce((a, b) -> a + File.pathSeparator + b)
          .orElseThrow();
    }
  }

  /** The agent's jar, null where the variant has none. */
  Path agent(Variant variant) throws IOException {
    return switch (variant) {
      case NONE, NONE_AGAIN -> null;
      case OPENTELEMETRY -> target.resolve("tools/opentelemetry-javaagent.jar");
      case DATADOG -> target.resolve("tools/dd-java-agent.jar");
      case ATALAYA -> atalaya();
      case BEFORE -> before();
      case EMPTY -> emptyAgent();
    };
  }

  private Path atalaya() {
    String property = System.getProperty("atalaya.agent.jar");
    return property != null
        ? Path.of(property).toAbsolutePath().normalize()
        : root.resolve("agent/target/atalaya-agent.jar");
  }

  private static Path before() {
    String property = System.getProperty("atalaya.before.jar");
    return property == null ? null : Path.of(property).toAbsolutePath().normalize();
  }

  private Path emptyAgent() throws IOException {
    Path jar = target.resolve("empty-agent.jar");
    String entry = "bench/EmptyAgent.class";
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "bench.EmptyAgent");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry(entry));
      entries.write(Files.readAllBytes(target.resolve("classes").resolve(entry)));
    }
    return jar;
  }

  static List<String> agentFlag(Path agent) {
    return agent == null ? List.of() : List.of("-javaagent:" + agent);
  }
}
