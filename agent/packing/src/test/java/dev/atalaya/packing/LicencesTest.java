package dev.atalaya.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LicencesTest {
  @TempDir Path folder;

  private Licences licences;

  @BeforeEach
  void apache() throws IOException {
    licences = new Licences(Files.writeString(folder.resolve("LICENSE"), "the Apache licence"));
  }

  @Test
  void a_library_is_named_with_its_licence_and_its_texts_are_kept() throws IOException {
    licences.add(
        library("Public Domain, per Creative Commons CC0", "MIT"), jar("META-INF/LICENSE.txt"));
    Map<String, byte[]> entries = licences.entries();
    String notice = new String(entries.get("META-INF/NOTICE"), StandardCharsets.UTF_8);
    assertTrue(notice.endsWith("\norg.acme:anvil:1.0  CC0-1.0 or MIT\n"), notice);
    assertEquals(
        "of META-INF/LICENSE.txt",
        new String(entries.get("META-INF/licenses/anvil/LICENSE.txt"), StandardCharsets.UTF_8));
  }

  @Test
  void the_apache_licence_is_there_once_for_all() throws IOException {
    licences.add(library("The Apache License, Version 2.0"), jar("org/acme/Anvil.class"));
    assertEquals(
        List.of("META-INF/LICENSE", "META-INF/NOTICE"), List.copyOf(licences.entries().keySet()));
  }

  @Test
  void an_unknown_licence_is_refused() throws IOException {
    Path jar = jar("META-INF/LICENSE.txt");
    assertTrue(
        refused(library("GNU Affero General Public License v3.0"), jar)
            .contains("org.acme:anvil:1.0"));
    assertTrue(refused(library("A licence of our own"), jar).contains("not known"));
    assertTrue(refused(library(), jar).contains("not known"));
  }

  @Test
  void a_licence_without_its_text_is_refused() throws IOException {
    assertTrue(refused(library("MIT"), jar("org/acme/Anvil.class")).contains("without the text"));
  }

  private String refused(Component component, Path jar) {
    return assertThrows(IOException.class, () -> licences.add(component, jar)).toString();
  }

  private static Component library(String... licences) {
    return new Component("org.acme", "anvil", "1.0", List.of(licences));
  }

  private Path jar(String entry) throws IOException {
    Path jar = folder.resolve("anvil-1.0.jar");
    byte[] text = ("of " + entry).getBytes(StandardCharsets.UTF_8);
    Archive.write(jar, new Manifest(), Map.of(entry, text), name -> false);
    return jar;
  }
}
