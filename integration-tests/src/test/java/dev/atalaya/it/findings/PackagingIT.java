package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Sources;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One application in the packages that applications come in: its lines are in its own module's jar,
 * whose package is like a library's, and not in a library that no list names.
 */
final class PackagingIT {
  private static final String MAIN = "org.springframework.samples.shop.ShopApp";
  private static final Path H2 = Libraries.file("com.h2database:h2:2.3.232");

  @TempDir static Path folder;

  private static Path mapper;
  private static Path shop;
  private static Path dao;

  @BeforeAll
  static void build() throws Exception {
    mapper = folder.resolve("mapper.jar");
    Path library = Sources.compileLibrary("net.unheard.Mapper", 8);
    write(mapper, new Manifest(), jar -> addAll(jar, "", library, name -> true));
    Path classes = Sources.compile(MAIN, 8, false, List.of(mapper, H2));
    Predicate<String> isDao = name -> name.contains("/samples/dao/");
    dao = folder.resolve("dao.jar");
    write(dao, new Manifest(), jar -> addAll(jar, "", classes, isDao));
    shop = folder.resolve("shop.jar");
    write(shop, manifest(MAIN), jar -> addAll(jar, "", classes, isDao.negate()));
  }

  @Test
  void jars_on_the_class_path() {
    assertFound(App.program(MAIN, List.of(mapper, H2, dao, shop)));
  }

  /** There a frame knows its class's name and no more. */
  @Test
  void jars_on_java_8() {
    Path h2 = Libraries.file("com.h2database:h2:1.4.200");
    assertFound(App.program(MAIN, List.of(mapper, h2, dao, shop)).jvm(Jvm.of(8)));
  }

  @Test
  void one_jar_with_all_unpacked_in_it() throws Exception {
    Path jar = folder.resolve("all.jar");
    Set<String> seen = new HashSet<>();
    write(
        jar,
        manifest(MAIN),
        out -> {
          for (Path part : List.of(shop, dao, mapper, H2)) addJar(out, part, seen);
        });
    assertFound(App.jar(jar));
  }

  @ParameterizedTest
  @CsvSource({
    "2.7.18, org.springframework.boot.loader.JarLauncher",
    "3.5.6, org.springframework.boot.loader.launch.JarLauncher",
  })
  void a_jar_of_spring_boots(String version, String launcher) throws Exception {
    Path loader = Libraries.file("org.springframework.boot:spring-boot-loader:" + version);
    Path jar = folder.resolve("boot-" + version + ".jar");
    Manifest manifest = manifest(launcher);
    manifest.getMainAttributes().putValue("Start-Class", MAIN);
    manifest.getMainAttributes().putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    manifest.getMainAttributes().putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    write(
        jar,
        manifest,
        out -> {
          Set<String> seen = new HashSet<>();
          addJar(out, loader, seen);
          out.putNextEntry(new JarEntry("BOOT-INF/classes/"));
          addJarAt(out, "BOOT-INF/classes/", shop, seen);
          for (Path library : List.of(dao, mapper, H2)) {
            store(out, "BOOT-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
          }
        });
    assertFound(App.jar(jar));
  }

  private static void assertFound(App.Launch launch) {
    try (App app = launch.property("otel.service.name", "packed").agent(null).start()) {
      Finding finding =
          Findings.twice(app, "packed", "/products")
              .has("kind", "n_plus_one")
              .counts(20)
              .calledFrom("org.springframework.samples.dao.Products.name", "name");
      List<String> stack = new ArrayList<>();
      for (JsonNode frame : finding.at("call_site.stack")) {
        stack.add(frame.path("function").asText().replaceAll(".*\\.samples\\.", ""));
      }
      assertEquals(List.of("dao.Products.name", "shop.ShopApp.products"), stack.subList(0, 2));
    }
  }

  // ---- Jars ------------------------------------------------------------------------------------

  private interface Content {
    void addTo(JarOutputStream jar) throws IOException;
  }

  private static void write(Path file, Manifest manifest, Content content) throws IOException {
    manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      content.addTo(jar);
    }
  }

  private static Manifest manifest(String main) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    return manifest;
  }

  private static void addAll(
      JarOutputStream jar, String prefix, Path classes, Predicate<String> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = "/" + classes.relativize(file).toString().replace('\\', '/');
        if (!wanted.test(name)) continue;
        jar.putNextEntry(new JarEntry(prefix + name.substring(1)));
        jar.write(Files.readAllBytes(file));
      }
    }
  }

  private static void addJar(JarOutputStream jar, Path part, Set<String> seen) throws IOException {
    addJarAt(jar, "", part, seen);
  }

  private static void addJarAt(JarOutputStream jar, String prefix, Path part, Set<String> seen)
      throws IOException {
    try (InputStream in = Files.newInputStream(part);
        JarInputStream entries = new JarInputStream(in)) {
      for (JarEntry entry; (entry = entries.getNextJarEntry()) != null; ) {
        String name = entry.getName();
        boolean wanted = !entry.isDirectory() && !name.endsWith("module-info.class");
        if (!wanted || name.startsWith("META-INF/MANIFEST") || !seen.add(prefix + name)) continue;
        jar.putNextEntry(new JarEntry(prefix + name));
        entries.transferTo(jar);
      }
    }
  }

  private static void store(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setMethod(JarEntry.STORED);
    entry.setSize(bytes.length);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    entry.setCrc(crc.getValue());
    jar.putNextEntry(entry);
    jar.write(bytes);
  }
}
