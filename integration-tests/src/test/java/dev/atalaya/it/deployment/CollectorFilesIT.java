package dev.atalaya.it.deployment;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.Checker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The files of dashboards/collector that nothing here can run, read by the programs they are for.
 */
final class CollectorFilesIT {
  private static final Path FOLDER = Checker.DASHBOARDS.resolve("collector");
  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "jaeger-ingester, store-opensearch",
    "jaeger-ingester, store-cassandra",
    "jaeger-query, store-opensearch",
    "jaeger-query, store-cassandra"
  })
  void jaeger_reads_its_files(String part, String store) throws Exception {
    Checker.Answer answer = jaeger(FOLDER.resolve(part + ".yaml"), FOLDER.resolve(store + ".yaml"));
    assertTrue(answer.good(), answer::text);
  }

  @Test
  void jaeger_refuses_what_it_does_not_know() throws Exception {
    Path store = folder.resolve("store.yaml");
    String text = Files.readString(FOLDER.resolve("store-opensearch.yaml"));
    Files.writeString(store, text.replace("server_urls:", "server_url:"));
    assertFalse(jaeger(FOLDER.resolve("jaeger-query.yaml"), store).good());
  }

  @Test
  void a_prometheus_in_agent_mode_reads_its_file() throws Exception {
    Checker promtool = Checker.installed("PROMTOOL_BIN", PROMTOOL.toString());
    Path file = FOLDER.resolve("prometheus-remote-write.yml");
    Checker.Answer answer = promtool.run(folder, "check", "config", "--agent", file.toString());
    assertTrue(answer.good(), answer::text);

    Path wrong = folder.resolve("wrong.yml");
    Files.writeString(wrong, Files.readString(file).replace("send_exemplars", "send_examples"));
    assertFalse(promtool.run(folder, "check", "config", "--agent", wrong.toString()).good());
  }

  private Checker.Answer jaeger(Path... files) throws Exception {
    Checker jaeger = Checker.installed("JAEGER_BIN", "/usr/bin/jaeger");
    String[] arguments = new String[files.length + 1];
    arguments[0] = "validate";
    for (int i = 0; i < files.length; i++) arguments[i + 1] = "--config=" + files[i];
    return jaeger.run(folder, arguments);
  }
}
