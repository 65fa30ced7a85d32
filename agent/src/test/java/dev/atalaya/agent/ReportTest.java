package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jar:nested:/srv/shop.jar/!BOOT-INF/lib/HikariCP-7.0.2.jar!/, HikariCP-7.0.2.jar, 7.0.2",
    "jar:file:/srv/shop.jar!/BOOT-INF/lib/guava-33.0.0-jre.jar!/, guava-33.0.0-jre.jar, 33.0.0-jre",
    "jar:nested:/srv/shop.jar/!BOOT-INF/classes/!/, classes, ''",
    "file:/srv/log4j-1.2-api-2.17.1.jar, log4j-1.2-api-2.17.1.jar, 2.17.1",
    "file:/srv/ojdbc8.jar, ojdbc8.jar, ''",
    "file:/srv/classes/, classes, ''",
  })
  void a_library_has_the_name_and_version_of_its_jar(String source, String name, String version) {
    assertReports(source, "\"library\":\"" + name + "\",\"version\":\"" + version + "\"");
  }

  @Test
  void the_manifest_knows_the_version_best() throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
    Path jar = folder.resolve("a driver-9.9.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    assertReports(jar.toUri().toString(), "\"version\":\"1.2.3\"");
  }

  @Test
  void what_is_the_jdks_has_its_version() {
    String version = "\"version\":\"" + System.getProperty("java.version") + "\",\"classes\"";
    assertReports(null, version);
    assertReports("jrt:/java.sql", version);
  }

  @Test
  void a_version_that_is_not_supported_is_there_with_its_jar() {
    Inventory inventory = new Inventory(null);
    for (int i = 0; i < 2; i++) {
      inventory.unfit("jedis", "redis.clients.jedis.Connection", "file:/srv/jedis-2.10.2.jar");
    }
    assertReport(
        inventory,
        "\"version_not_supported\":[{\"instrumentation\":\"jedis\",\"library\":\"jedis-2.10.2.jar\","
            + "\"version\":\"2.10.2\",\"tested\":\"\",\"class\":\"redis.clients.jedis.Connection\"}]");
  }

  private static void assertReports(String source, String part) {
    Inventory inventory = new Inventory(null);
    inventory.woven("jdbc", "a.Driver", source);
    assertReport(inventory, part);
  }

  private static void assertReport(Inventory inventory, String part) {
    String json =
        Json.write(
            Report.of(inventory, Map.of(), Map.of(), Map.of(), 1, true, "off", "off", Map.of(), 0));
    assertTrue(json.contains(part), json);
  }
}
