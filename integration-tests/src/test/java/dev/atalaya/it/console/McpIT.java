package dev.atalaya.it.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol's own client for Python asks the agent of a small application. */
final class McpIT {
  private static final String CLIENT = "mcp==2.3.0";
  private static final Path FOLDER = Path.of("target", CLIENT.replace("==", "-"));

  private static App app;

  @BeforeAll
  static void start() throws Exception {
    install();
    app = launch().start();
    Findings.twice(app, "findings", "/list");
  }

  @AfterAll
  static void stop() {
    if (app != null) app.close();
  }

  @ParameterizedTest
  @CsvSource({"auto, 2026-07-28", "legacy, 2025-11-25"})
  void the_official_client_lists_and_calls_every_tool(String mode, String revision)
      throws Exception {
    JsonNode said = ask(app, mode);

    assertEquals(revision, said.get("revision").asText());
    List<String> tools = new ArrayList<>();
    said.get("tools").forEach(tool -> tools.add(tool.asText()));
    assertTrue(
        tools.containsAll(List.of("list_problems", "get_problem", "doctor")), said::toString);
    for (String tool : tools) {
      JsonNode answer = said.at("/answers/" + tool);
      assertFalse(answer.path("error").asBoolean(true), tool + ": " + answer);
      String text = answer.get("text").asText();
      assertTrue(text.getBytes(StandardCharsets.UTF_8).length < 16 * 1024, text);
    }
    JsonNode listed = answer(said, "list_problems").at("/problems/0");
    assertEquals("n_plus_one", listed.get("kind").asText());
    assertEquals("GET /list", listed.at("/entry_points/0").asText());
    assertTrue(listed.get("line").asText().startsWith("FindingsApp.java:"), listed::toString);
    JsonNode problem = answer(said, "get_problem");
    assertEquals("SELECT item", problem.at("/operation/summary").asText());
    assertTrue(answer(said, "doctor").at("/seen/statements").asInt() > 40);
    for (String tool : tools) {
      if (tool.equals("list_routes")) assertTrue(said.toString().contains("/list"));
      if (tool.equals("get_trace")) {
        assertEquals("GET /list", answer(said, tool).at("/spans/0/name").asText());
      }
    }
  }

  @Test
  void beyond_this_machine_the_client_needs_the_token() throws Exception {
    try (App beyond =
        launch()
            .property("otel.exporter.prometheus.host", "0.0.0.0")
            .property("atalaya.console.token", "s3cret")
            .start()) {
      assertTrue(run(beyond, "auto").status() != 0);
      assertTrue(beyond.says("refused a request to its port: needs the token (said once)"));
      Tool.Result asked = run(beyond, "auto", "s3cret");
      assertTrue(asked.output().contains("\"revision\": \"2026-07-28\""), asked.output());
    }
  }

  private static App.Launch launch() {
    return App.main("app.FindingsApp")
        .release(17)
        .property("otel.service.name", "findings")
        .nothingIsSlow()
        .libraries("com.zaxxer:HikariCP:7.1.0", "com.h2database:h2:2.5.252")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa")
        .agent(null);
  }

  /** Into a folder of the build, once; without the registry the tests are skipped. */
  private static void install() throws IOException, InterruptedException {
    if (Files.exists(FOLDER.resolve("installed"))) return;
    Tool python = Tool.named("python3", "apt-get install python3-venv");
    Files.createDirectories(FOLDER);
    Tool.Result made = python.run(FOLDER, "-m", "venv", ".");
    Assumptions.assumeTrue(made.status() == 0, "python3 makes no venv: " + made.output());
    Tool.Result loaded = installed("pip").run(FOLDER, "install", "-q", CLIENT);
    Assumptions.assumeTrue(loaded.status() == 0, "PyPI gives no client: " + loaded.output());
    Files.createFile(FOLDER.resolve("installed"));
  }

  private static Tool installed(String program) {
    return new Tool(FOLDER.resolve("bin").resolve(program).toAbsolutePath().toString());
  }

  private static JsonNode ask(App app, String mode) throws Exception {
    Tool.Result result = run(app, mode);
    assertEquals(0, result.status(), result.output());
    return new ObjectMapper().readTree(result.output());
  }

  private static Tool.Result run(App app, String... arguments) throws Exception {
    Path script = FOLDER.resolve("assistant.py");
    try (InputStream source = McpIT.class.getResourceAsStream("/console/assistant.py")) {
      Files.write(script, source.readAllBytes());
    }
    List<String> all = new ArrayList<>(List.of("assistant.py"));
    all.add("http://localhost:" + app.metricsPort() + "/mcp");
    all.addAll(List.of(arguments));
    return installed("python").run(FOLDER, all.toArray(String[]::new));
  }

  private static JsonNode answer(JsonNode said, String tool) throws Exception {
    return new ObjectMapper().readTree(said.at("/answers/" + tool + "/text").asText());
  }
}
