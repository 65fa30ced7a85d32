package dev.atalaya.packing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * What the jar says about the libraries in it: {@code META-INF/NOTICE}, which names each with its
 * licence, and the texts below {@code META-INF/licenses/}.
 *
 * <p>A library is refused if none of its licences is known here, by the name that POMs give it, or
 * if its text is missing. The text of the Apache licence, under which Atalaya is too, need not come
 * with each.
 */
final class Licences {
  private static final String APACHE = "Apache-2.0";
  private static final Map<String, String> KNOWN =
      Map.of(
          "Apache License, Version 2.0",
          APACHE,
          "The Apache License, Version 2.0",
          APACHE,
          "The Apache Software License, Version 2.0",
          APACHE,
          "MIT",
          "MIT",
          "BSD-2-Clause",
          "BSD-2-Clause",
          "Public Domain, per Creative Commons CC0",
          "CC0-1.0");
  private static final Pattern TEXT =
      Pattern.compile("META-INF/(LICENSE|NOTICE|licenses/)[^/]*", Pattern.CASE_INSENSITIVE);

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final StringBuilder notice =
      new StringBuilder(
          """
          Atalaya
          Licensed under the Apache License, Version 2.0: META-INF/LICENSE.

          This jar contains these libraries, without what the agent does not need of them, and with
          references to java.util.logging led elsewhere. The texts of their licences and notices are
          in META-INF/licenses.

          """);

  /** The argument: the text of the Apache licence, as a file. */
  Licences(Path apache) throws IOException {
    entries.put("META-INF/LICENSE", Files.readAllBytes(apache));
  }

  void add(Component component, Path jar) throws IOException {
    List<String> licences =
        component.licences().stream().filter(KNOWN::containsKey).map(KNOWN::get).toList();
    if (licences.isEmpty()) {
      throw new IOException(
          component + " is under a licence that is not known here: " + component.licences());
    }
    if (!texts(component, jar) && !licences.contains(APACHE)) {
      throw new IOException(component + " comes without the text of its licence, " + licences);
    }
    notice.append(component).append("  ").append(String.join(" or ", licences)).append('\n');
  }

  /** Names of the jar's entries, with what is in them. */
  Map<String, byte[]> entries() {
    Map<String, byte[]> all = new TreeMap<>(entries);
    all.put("META-INF/NOTICE", notice.toString().getBytes(StandardCharsets.UTF_8));
    return all;
  }

  private boolean texts(Component component, Path jar) throws IOException {
    boolean any = false;
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        if (entry.isDirectory() || !TEXT.matcher(entry.getName()).matches()) continue;
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        try (InputStream in = file.getInputStream(entry)) {
          entries.put("META-INF/licenses/" + component.name() + "/" + name, in.readAllBytes());
        }
        any = true;
      }
    }
    return any;
  }
}
