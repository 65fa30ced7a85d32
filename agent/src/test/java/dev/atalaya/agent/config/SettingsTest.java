package dev.atalaya.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live options as the console shows them. */
class SettingsTest {
  @TempDir Path folder;

  @Test
  void they_are_the_live_ones_with_what_holds_now() {
    Options options = Options.read("atalaya.slow.query.threshold=300ms");
    List<?> all = settings(options);

    long live = Options.all().stream().filter(Option::isLive).count();
    assertEquals(live, all.size());
    Map<?, ?> query = setting(options, "atalaya.slow.query.threshold");
    assertEquals("300ms", query.get("value"));
    assertEquals("500ms", query.get("default"));
    assertEquals(true, query.get("fixed"));
    assertEquals(false, setting(options, "atalaya.alert.silence").get("fixed"));
    assertFalse(String.valueOf(setting(options, "atalaya.enabled").get("what")).isEmpty());
    assertNull(setting(options, "atalaya.console.token"));
  }

  @Test
  void they_can_be_changed_where_there_is_a_token() {
    assertEquals(false, new Settings(Options.read("")).json().get("changeable"));
    Options options = Options.read("atalaya.console.token=s3cret");
    assertEquals(true, new Settings(options).json().get("changeable"));
    assertFalse(new Settings(options).json().toString().contains("s3cret"));
  }

  @Test
  void what_was_changed_is_there_as_lines_that_the_file_is_read_from() throws Exception {
    Options options = Options.read("");
    assertEquals(List.of(), new Settings(options).json().get("lines"));
    Map<String, String> changed =
        Map.of(
            "atalaya.slow.request.threshold.GET /reports:x", "10s",
            "atalaya.ignore.routes", " GET /\u00e9\\d,#2\n=",
            "atalaya.enabled", "false");
    assertNull(options.set(changed));

    List<?> lines = (List<?>) new Settings(options).json().get("lines");
    assertEquals(3, lines.size());
    Properties read = new Properties();
    read.load(new StringReader(String.join("\n", lines.stream().map(Object::toString).toList())));
    assertEquals(changed, read);
    assertEquals(
        "10s", setting(options, "atalaya.slow.request.threshold.GET /reports:x").get("value"));
  }

  @Test
  void what_is_as_it_was_is_no_change() throws Exception {
    Path file = folder.resolve("atalaya.properties");
    Files.writeString(file, "atalaya.alert.silence=2h\n");
    Options options = Options.read("atalaya.config=" + file);
    assertNull(options.set(Map.of("atalaya.alert.silence", "1h", "atalaya.ignore.tables", "a")));
    List<?> lines = (List<?>) new Settings(options).json().get("lines");
    assertEquals(List.of("atalaya.alert.silence=1h", "atalaya.ignore.tables=a"), lines);

    assertNull(options.set(Map.of("atalaya.alert.silence", "2h", "atalaya.ignore.tables", "")));
    assertEquals(List.of(), new Settings(options).json().get("lines"));
    assertTrue(options.get(Options.IGNORE_TABLES).isEmpty());
  }

  private static List<?> settings(Options options) {
    return (List<?>) new Settings(options).json().get("settings");
  }

  private static Map<?, ?> setting(Options options, String key) {
    for (Object one : settings(options)) {
      if (((Map<?, ?>) one).get("key").equals(key)) return (Map<?, ?>) one;
    }
    return null;
  }
}
