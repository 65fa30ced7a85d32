package dev.atalaya.it.cost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * Packs an agent that knows so many library instrumentations, 200 by default: its own, and copies
 * of those whose libraries go by other names. For {@code Cost --before}, to see what a start takes
 * of it.
 */
public final class Many {
  private static final String INDEX = "inst/weave-index.txt";

  /** Of libraries: what a copy calls otherwise. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?<=[\\tL,])(?!java/|javax/sql/|sun/|jdk/|com/sun/|dev/atalaya/)(?=[a-z0-9]+/)");

  private Many() {}

  public static void main(String[] arguments) throws IOException {
    int wanted = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
    Path folder = Path.of("").toAbsolutePath();
    Path agent = folder.resolveSibling("agent").resolve("target/atalaya-agent.jar");
    Path many = folder.resolve("target/bench/atalaya-" + wanted + ".jar");
    Files.createDirectories(many.getParent());
    try (JarFile jar = new JarFile(agent.toFile());
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(many))) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        byte[] bytes;
        try (InputStream in = jar.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        if (entry.getName().equals(INDEX)) bytes = grown(bytes, wanted);
        JarEntry copy = new JarEntry(entry);
        copy.setCompressedSize(-1);
        if (entry.getName().equals(INDEX)) copy = new JarEntry(INDEX);
        out.putNextEntry(copy);
        out.write(bytes);
      }
    }
    System.out.println(many);
  }

  private static byte[] grown(byte[] index, int wanted) {
    List<String> own = new ArrayList<>();
    for (String section : new String(index, StandardCharsets.UTF_8).split("\\n(?=[a-z])")) {
      own.add(section.endsWith("\n") ? section.substring(0, section.length() - 1) : section);
    }
    List<String> all = new ArrayList<>(own);
    for (int i = 0; all.size() < wanted; i++) {
      String section = own.get(i % own.size());
      int copy = i / own.size() + 1;
      if (TYPE.matcher(section).find()) {
        all.add("copy" + copy + "-" + TYPE.matcher(section).replaceAll("copy" + copy + "/"));
      }
    }
    return (String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
