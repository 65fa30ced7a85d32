package dev.atalaya.agent.pack;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds {@code atalaya-agent.jar}: bridge and boot at the root, all else under {@code inst/}.
 *
 * <p>The agent's own classes, and what of its libraries a recorded start loads ({@code
 * src/pack/stored.txt}), are stored, as inflating them costs start-up time; the rest is deflated.
 * Left out is what nothing reaches, and what only code that never runs here does ({@code
 * src/pack/dropped.txt}).
 */
public final class PackAgent {
  private static final String[] ROOT = {"dev/atalaya/bridge/", "dev/atalaya/agent/boot/"};
  private static final long TIME = 1_767_225_600_000L; // the same jar from the same sources

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final List<String> dropped;
  private final Set<String> stored;

  private PackAgent(Path lists) throws IOException {
    dropped = lines(lists.resolve("dropped.txt"));
    stored = new HashSet<>(lines(lists.resolve("stored.txt")));
  }

  /** Arguments: folder of classes, file with the class path, folder of the lists, jar, version. */
  public static void main(String[] arguments) throws IOException {
    Path classes = Paths.get(arguments[0]);
    String classPath =
        new String(Files.readAllBytes(Paths.get(arguments[1])), StandardCharsets.UTF_8);
    PackAgent pack = new PackAgent(Paths.get(arguments[2]));
    for (String element : classPath.trim().split(File.pathSeparator)) pack.library(element);
    pack.classes(classes);
    Set<String> reached = Reachable.in(pack.entries);
    pack.entries.keySet().removeIf(n -> n.endsWith(".classdata") && !reached.contains(n));
    pack.write(Paths.get(arguments[3]), arguments[4]);
  }

  private void library(String jar) throws IOException {
    try (JarFile file = new JarFile(jar)) {
      for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.isDirectory()) continue;
        try (InputStream in = file.getInputStream(entry)) {
          inside(entry.getName(), bytes(in));
        }
      }
    }
  }

  private void classes(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
      byte[] bytes = Files.readAllBytes(file);
      if (Stream.of(ROOT).anyMatch(name::startsWith)) {
        if (!name.endsWith("package-info.class")) entries.put(name, bytes);
      } else {
        inside(name, bytes);
      }
    }
  }

  private void inside(String name, byte[] bytes) throws IOException {
    if (name.startsWith("META-INF/services/")) {
      byte[] before = entries.get("inst/" + name);
      entries.put("inst/" + name, before == null ? bytes : joined(before, bytes));
      return;
    }
    if (name.startsWith("META-INF/") || name.endsWith("module-info.class")) return;
    if (name.endsWith("package-info.class")) return;
    for (String prefix : dropped) if (name.startsWith(prefix)) return;
    if (!name.endsWith(".class")) {
      put("inst/" + name, bytes);
    } else {
      put("inst/" + name + "data", Rewrite.of(bytes));
    }
  }

  private void put(String name, byte[] bytes) throws IOException {
    if (entries.put(name, bytes) != null) throw new IOException("twice: " + name);
  }

  private void write(Path jar, String version) throws IOException {
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      ByteArrayOutputStream manifest = new ByteArrayOutputStream();
      manifest(version).write(manifest);
      add(zip, JarFile.MANIFEST_NAME, manifest.toByteArray(), false);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        String name = entry.getKey();
        boolean ours = !name.startsWith("inst/") || name.startsWith("inst/dev/atalaya/");
        add(zip, name, entry.getValue(), ours || stored.contains(name));
      }
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] bytes, boolean store)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(TIME);
    if (store) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
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

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.replaceAll("#.*", "").trim())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toList());
  }

  private static byte[] joined(byte[] a, byte[] b) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(a);
    out.write('\n');
    out.write(b);
    return out.toByteArray();
  }

  private static byte[] bytes(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n; (n = in.read(buffer)) > 0; ) out.write(buffer, 0, n);
    return out.toByteArray();
  }
}
