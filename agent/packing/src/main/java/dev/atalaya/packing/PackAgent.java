package dev.atalaya.packing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Builds {@code atalaya-agent.jar}: bridge and boot at the root, all else under {@code inst/}.
 *
 * <p>The agent's own classes, and what of its libraries a recorded start loads ({@code
 * stored.txt}), are stored, as inflating them costs start-up time; the rest is deflated, as are the
 * folders of the libraries that are instrumented, of which an application has few. Left out is what
 * nothing reaches, and what only code that never runs here does ({@code dropped.txt}).
 */
public final class PackAgent {
  /** Rooms of the agent that a start loads nothing of. */
  private static final Pattern LATER =
      Pattern.compile("inst/dev/atalaya/agent/(library|page|mcp|watch|kept|profile|explain)/.*");

  private static final String[] ROOT = {"dev/atalaya/bridge/", "dev/atalaya/agent/boot/"};

  /** What prints, the file that it prints, and the service whose classes it asks. */
  private static final String[][] PRINTED = {
    {
      "dev.atalaya.agent.weave.WeaveIndex",
      "weave-index.txt",
      "dev.atalaya.agent.weave.LibraryInstrumentation"
    },
    {
      "dev.atalaya.agent.catalogue.Packages",
      "catalogue.txt",
      "dev.atalaya.agent.catalogue.LibraryPackages"
    }
  };

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final Set<String> dropped;
  private final Set<String> stored;

  private PackAgent(Path lists) throws IOException {
    dropped = lines(lists.resolve("dropped.txt"));
    stored = lines(lists.resolve("stored.txt"));
  }

  /**
   * Arguments: the repository's root, the agent's folder of classes, a file with its class path,
   * the jar to write, its version.
   */
  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    String classPath = Files.readString(Path.of(arguments[2])).trim();

    PackAgent pack = new PackAgent(root.resolve("agent/packing"));
    Licences licences = new Licences(root.resolve("LICENSE"));
    Map<Component, Set<String>> sources = new TreeMap<>(Component.BY_NAME);
    for (String element : classPath.split(File.pathSeparator)) {
      Path jar = Path.of(element);
      Component component = Component.of(jar);
      licences.add(component, jar);
      sources.put(component, pack.library(jar));
    }
    pack.classes(classes);
    pack.print(classes, classPath);
    Set<String> reached = Reachable.in(pack.entries);
    pack.entries.keySet().removeIf(n -> n.endsWith(".classdata") && !reached.contains(n));
    assertUsed(sources, reached);
    pack.entries.putAll(licences.entries());
    Archive.write(Path.of(arguments[3]), manifest(arguments[4]), pack.entries, pack::isStored);
  }

  /** The notice, and the bill of materials, have what is in the jar and nothing else. */
  private static void assertUsed(Map<Component, Set<String>> sources, Set<String> reached)
      throws IOException {
    for (Map.Entry<Component, Set<String>> source : sources.entrySet()) {
      if (Collections.disjoint(source.getValue(), reached)) {
        throw new IOException(
            "nothing of " + source.getKey() + " is reached: exclude it in agent/pom.xml");
      }
    }
  }

  /** The names of the entries that come from it. */
  private Set<String> library(Path jar) throws IOException {
    Set<String> names = new HashSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        if (entry.isDirectory()) continue;
        try (InputStream in = file.getInputStream(entry)) {
          names.add(inside(entry.getName(), in.readAllBytes()));
        }
      }
    }
    return names;
  }

  private void classes(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      byte[] bytes = Files.readAllBytes(file);
      boolean ofRoot = Stream.of(ROOT).anyMatch(name::startsWith);
      if (!name.endsWith(".class") || name.endsWith("-info.class")) {
        if (!ofRoot) inside(name, bytes);
        continue;
      }
      for (Map.Entry<String, byte[]> one : Lambdas.of(bytes).entrySet()) {
        String entry = one.getKey() + ".class";
        if (ofRoot) entries.put(entry, one.getValue());
        else inside(entry, one.getValue());
      }
    }
  }

  /**
   * Prints what instrumentations want woven and what libraries there are, and leaves out the
   * classes that say so: of instrumentations only their advice is read, as files.
   */
  private void print(Path classes, String classPath) throws IOException {
    List<URL> urls = new ArrayList<>();
    urls.add(classes.toUri().toURL());
    for (String jar : classPath.split(File.pathSeparator)) urls.add(Path.of(jar).toUri().toURL());
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader agent = new URLClassLoader(urls.toArray(new URL[0]), platform)) {
      for (String[] one : PRINTED) {
        Method print = agent.loadClass(one[0]).getMethod("print", ClassLoader.class);
        String text = (String) print.invoke(null, agent);
        inside(one[1], text.getBytes(StandardCharsets.UTF_8));
        leaveOut(one[2]);
      }
    } catch (ReflectiveOperationException wrong) {
      throw new IOException("what a start reads cannot be printed", wrong);
    }
  }

  private void leaveOut(String service) {
    byte[] classes = entries.remove("inst/META-INF/services/" + service);
    for (String name : new String(classes, StandardCharsets.UTF_8).split("\\s+")) {
      entries.remove("inst/" + name.replace('.', '/') + ".classdata");
    }
  }

  /** The name that it has there, whether or not it is taken. */
  private String inside(String name, byte[] bytes) throws IOException {
    boolean isClass = name.endsWith(".class");
    String inside = "inst/" + name + (isClass ? "data" : "");
    if (name.startsWith("META-INF/services/")) {
      entries.merge(inside, bytes, PackAgent::joined);
    } else if (isTaken(name)) {
      byte[] before = entries.put(inside, isClass ? Rewrite.of(bytes) : bytes);
      if (before != null) throw new IOException("twice: " + inside);
    }
    return inside;
  }

  private boolean isTaken(String name) {
    return !name.startsWith("META-INF/")
        && !name.endsWith("module-info.class")
        && !name.endsWith("package-info.class")
        && dropped.stream().noneMatch(name::startsWith);
  }

  private boolean isStored(String name) {
    if (name.startsWith("META-INF/")) return false;
    if (!name.startsWith("inst/") || stored.contains(name)) return true;
    return name.startsWith("inst/dev/atalaya/") && !LATER.matcher(name).matches();
  }

  private static Manifest manifest(String version) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.put(Attributes.Name.IMPLEMENTATION_TITLE, "Atalaya");
    main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    main.put(Attributes.Name.MAIN_CLASS, "dev.atalaya.agent.boot.Launcher");
    main.putValue("Premain-Class", "dev.atalaya.agent.boot.Premain");
    main.putValue("Agent-Class", "dev.atalaya.agent.boot.Premain");
    main.putValue("Can-Redefine-Classes", "true");
    main.putValue("Can-Retransform-Classes", "true");
    return manifest;
  }

  private static Set<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll("#.*", "").trim())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static byte[] joined(byte[] a, byte[] b) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(a);
    out.write('\n');
    out.writeBytes(b);
    return out.toByteArray();
  }
}
