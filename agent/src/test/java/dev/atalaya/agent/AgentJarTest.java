package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What must hold of the packed jar, whatever it is packed from. */
class AgentJarTest {
  private static final File JAR = new File("target/atalaya-agent.jar");
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
      for (JarEntry entry : java.util.Collections.list(jar.entries())) {
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
      for (JarEntry entry : java.util.Collections.list(jar.entries())) {
        if (!entry.getName().contains(".class")) continue;
        try (InputStream in = jar.getInputStream(entry)) {
          byte[] bytes = new byte[(int) entry.getSize()];
          new java.io.DataInputStream(in).readFully(bytes);
          String text = new String(bytes, StandardCharsets.ISO_8859_1);
          if (text.contains("java/util/logging/")) referring.add(entry.getName());
        }
      }
    }
    assertEquals(new TreeSet<>(), referring);
  }

  @Test
  void the_manifest_names_its_entrances() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      java.util.jar.Attributes main = jar.getManifest().getMainAttributes();
      assertEquals("dev.atalaya.agent.boot.Premain", main.getValue("Premain-Class"));
      assertEquals("dev.atalaya.agent.boot.Premain", main.getValue("Agent-Class"));
      assertEquals("dev.atalaya.agent.boot.Launcher", main.getValue("Main-Class"));
      assertEquals("true", main.getValue("Can-Retransform-Classes"));
      assertFalse(main.containsKey(new java.util.jar.Attributes.Name("Boot-Class-Path")));
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
        java.nio.file.Files.readAllLines(new File("src/pack/stored.txt").toPath()).stream()
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !names.contains(line))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(), gone, "record a start again: CONTRIBUTING.md says how");
  }

  private static Set<String> names() throws Exception {
    try (JarFile jar = new JarFile(JAR)) {
      return jar.stream().map(JarEntry::getName).collect(Collectors.toSet());
    }
  }
}
