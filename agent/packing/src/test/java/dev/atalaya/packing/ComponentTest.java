package dev.atalaya.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentTest {
  @TempDir Path repository;

  @Test
  void a_pom_names_the_library_and_its_licences() throws IOException {
    Path jar =
        pom(
            "org/acme/tools/anvil/1.0/anvil-1.0",
            """
            <parent>
              <groupId>org.acme</groupId><artifactId>all</artifactId><version>7</version>
            </parent>
            <groupId>org.acme.tools</groupId><artifactId>anvil</artifactId><version>1.0</version>
            <licenses>
              <license><name>MIT</name><url>https://opensource.org/license/mit/</url></license>
              <license><name> Our own </name></license>
            </licenses>
            """);
    assertEquals(
        new Component("org.acme.tools", "anvil", "1.0", List.of("MIT", "Our own")),
        Component.of(jar));
  }

  @Test
  void what_a_pom_lacks_is_its_parents() throws IOException {
    pom("org/acme/all/7/all-7", "<licenses><license><name>MIT</name></license></licenses>");
    String all = "<groupId>org.acme</groupId><artifactId>all</artifactId><version>7</version>";
    pom("org/acme/bells/7/bells-7", "<parent>" + all + "</parent>");
    Path jar =
        pom(
            "org/acme/bell/7/bell-7",
            "<parent>" + all.replace("all", "bells") + "</parent><artifactId>bell</artifactId>");
    assertEquals(new Component("org.acme", "bell", "7", List.of("MIT")), Component.of(jar));
  }

  private Path pom(String path, String content) throws IOException {
    Path pom = repository.resolve(path + ".pom");
    Files.createDirectories(pom.getParent());
    Files.writeString(pom, "<project>" + content + "</project>");
    return repository.resolve(path + ".jar");
  }
}
