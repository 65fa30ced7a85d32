package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import java.io.DataInputStream;
import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold of the packed jar, whatever it is packed from. */
final class AgentJarIT {
  private static final File JAR = App.agentJar().toFile();
  private static final Path TARGET = App.agentJar().getParent();
  private static final int JAVA_8 = 52;

  @Test
  void it_is_below_ten_mebibytes() {
    assertTrue(JAR.length() < 10 * 1024 * 1024, JAR.length() + " bytes");
  }

  @Test
  void its_root_holds_bridge_and_boot_alone() throws Exception {
    Set<String> others =
        names().stream()
            .filter(name -> !name.startsWith("inst/") && !name.startsWith("META-INF/"))
            .filter(name -> !name.startsWith("dev/atalaya/bridge/"))
            .filter(name -> !name.startsWith("dev/atalaya/agent/boot/"))
            .collect(Collectors.toSet());
    assertEquals(new HashSet<>(), others);
    assertTrue(names().contains("dev/atalaya/bridge/Tracing.class"));
  }

  @Test
  void no_class_is_there_twice() throws Exception {
    Set<String> classes = new HashSet<>();
    for (String name : names()) {
      String type = name.replace("inst/", "").replaceAll("\\.class(data)?$", "");
      if (name.contains(".class")) assertTrue(classes.add(type), name);
    }
  }

  @Test
  void its_classes_run_on_java_8() throws Exception {
    Set<String> newer = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!entry.getName().contains(".class")) continue;
        try (InputStream in = jar.getInputStream(entry)) {
          byte[] head = new byte[8];
          assertEquals(8, in.read(head));
          if (head[7] > JAVA_8) newer.add(entry.getName());
        }
      }
    }
    assertEquals(new TreeSet<>(), newer);
  }

  @Test
  void nothing_refers_to_java_util_logging() throws Exception {
    Set<String> referring = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (!entry.getName().contains(".class")) continue;
        try (InputStream in = jar.getInputStream(entry)) {
          byte[] bytes = new byte[(int) entry.getSize()];
          new DataInputStream(in).readFully(bytes);
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          if (text.contains("java/util/logging/")) referring.add(entry.getName());
        }
      }
    }
    assertEquals(new TreeSet<>(), referring);
  }

  /** A start would spin a class for each, and keep the names in memory. */
  @Test
  void its_classes_have_no_lambdas_and_no_local_names() throws Exception {
    Set<String> lambdas = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR)) {
      for (JarEntry entry : java.util.Collections.list(jar.entries())) {
        String name = entry.getName();
        if (!name.contains("dev/atalaya/") || !name.contains(".class")) continue;
        try (InputStream in = jar.getInputStream(entry)) {
          String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          if (text.contains("LambdaMetafactory")) lambdas.add(name);
          if (name.startsWith("inst/")) assertFalse(text.contains("LocalVariableTable"), name);
        }
      }
    }
    assertEquals(new TreeSet<>(), lambdas);
  }

  @Test
  void the_index_stands_for_the_instrumentations_and_names_advice_that_is_there() throws Exception {
    Set<String> advice = new TreeSet<>();
    Set<String> instrumentations = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR)) {
      JarEntry index = jar.getJarEntry("inst/weave-index.txt");
      String text = new String(jar.getInputStream(index).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        // Of a bracket the class that has its hooks, and their names.
        if (line.startsWith("\t\t")) advice.add(line.split("\t")[4].split(" ")[0]);
      }
    }
    assertTrue(advice.size() > 150, advice.size() + " classes of advice");
    for (String name : advice) {
      String entry = "inst/" + name.replace('.', '/') + ".classdata";
      assertTrue(names().contains(entry), entry);
    }
    for (String name : names()) {
      if (name.matches("inst/dev/atalaya/agent/library/.*Instrumentation\\.classdata")) {
        instrumentations.add(name);
      }
    }
    assertEquals(new TreeSet<>(), instrumentations);
  }

  @Test
  void libraries_are_in_the_catalogues_text_and_in_no_class() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      JarEntry catalogue = jar.getJarEntry("inst/catalogue.txt");
      String text =
          new String(jar.getInputStream(catalogue).readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("\torg.hibernate.\n"), text);
      assertTrue(text.contains("\torg.gradle.\t"), text);
    }
    for (String name : names()) assertFalse(name.matches(".*/library/.*Packages\\..*"), name);
  }

  @Test
  void the_manifest_names_its_entrances() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      Attributes main = jar.getManifest().getMainAttributes();
      assertEquals("dev.atalaya.agent.boot.Premain", main.getValue("Premain-Class"));
      assertEquals("dev.atalaya.agent.boot.Premain", main.getValue("Agent-Class"));
      assertEquals("dev.atalaya.agent.boot.Launcher", main.getValue("Main-Class"));
      assertEquals("true", main.getValue("Can-Retransform-Classes"));
      assertFalse(main.containsKey(new Attributes.Name("Boot-Class-Path")));
    }
  }

  @Test
  void the_application_sees_none_of_the_agents_classes() throws Exception {
    try (URLClassLoader application = new URLClassLoader(new URL[] {JAR.toURI().toURL()}, null)) {
      application.loadClass("dev.atalaya.agent.boot.Premain");
      for (String inside :
          new String[] {
            "dev.atalaya.agent.trace.Recorder", "net.bytebuddy.ByteBuddy", "org.slf4j.Logger"
          }) {
        assertThrows(ClassNotFoundException.class, () -> application.loadClass(inside));
      }
    }
  }

  @Test
  void what_is_listed_as_stored_is_there() throws Exception {
    Set<String> names = names();
    Set<String> gone =
        Files.readAllLines(Path.of("../agent/packing/stored.txt")).stream()
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !names.contains(line))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(), gone, "record a start again: CONTRIBUTING.md says how");
  }

  @Test
  void its_notice_names_each_library_and_its_licence() throws Exception {
    String notice = text("META-INF/NOTICE");
    for (String jar : libraries()) {
      String line = "\\n[\\w.]+:" + jar.replaceFirst("-(?=\\d[^-]*$)", ":") + "  [A-Z].+\\n";
      assertTrue(Pattern.compile(line).matcher(notice).find(), () -> jar + " in " + notice);
    }
  }

  @Test
  void its_bill_of_materials_lists_what_is_in_it() throws Exception {
    File file = TARGET.resolve("atalaya-agent.cdx.json").toFile();
    for (String pom : List.of("../pom.xml", "../agent/pom.xml")) {
      boolean newer = file.lastModified() > new File(pom).lastModified();
      assumeTrue(newer, "a build with -o makes none: build once without");
    }
    Set<String> listed = new TreeSet<>();
    for (JsonNode component : new ObjectMapper().readTree(file).path("components")) {
      listed.add(component.path("name").asText() + "-" + component.path("version").asText());
    }
    assertEquals(libraries(), listed);
  }

  @Test
  void it_holds_the_texts_of_licences() throws Exception {
    assertTrue(text("META-INF/LICENSE").contains("Apache License"));
    assertTrue(text("META-INF/licenses/slf4j-api/LICENSE.txt").contains("QOS.ch"));
    assertTrue(text("META-INF/licenses/HdrHistogram/LICENSE.txt").contains("Gil Tene"));
    assertTrue(text("META-INF/licenses/byte-buddy/NOTICE").contains("Rafael Winterhalter"));
    assertTrue(text("META-INF/licenses/byte-buddy/ASM").contains("INRIA"), "ASM is inside of it");
  }

  /** What it is packed from, as names of artifacts with their versions. */
  private static Set<String> libraries() throws Exception {
    String classPath = Files.readString(TARGET.resolve("runtime.classpath")).trim();
    Set<String> libraries = new TreeSet<>();
    for (String jar : classPath.split(File.pathSeparator)) {
      libraries.add(new File(jar).getName().replaceAll("\\.jar$", ""));
    }
    return libraries;
  }

  private static String text(String name) throws Exception {
    try (JarFile jar = new JarFile(JAR);
        InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Set<String> names() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      return jar.stream().map(JarEntry::getName).collect(Collectors.toSet());
    }
  }
}
