package dev.atalaya.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent in JAVA_TOOL_OPTIONS: tools are as without it, applications have it. */
final class ToolsIT {
  private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {8, 17, 26})
  void a_tool_of_the_jdk_says_nothing_of_the_agent(int feature) throws Exception {
    Jvm jvm = Jvm.of(feature);
    Path source =
        Files.writeString(
            folder.resolve("Hello.java"),
            "public class Hello { public static void main(String[] args) throws Exception {"
                + " System.out.println(\"hello\"); Thread.sleep(2000); } }");
    String bin = jvm.home().resolve("bin") + "/";
    assertQuiet(bin + "javac", source.toString());
    assertQuiet(bin + "jar", "cfe", folder.resolve("javac.jar").toString(), "Hello", "Hello.class");
    assertQuiet(bin + "keytool", "-genseckey", "-help");
    assertQuiet(bin + "jps");
    assertQuiet(bin + "jcmd", "-l");
    assertQuiet(jvm.java(), "-jar", App.agentJar().toString(), "--version");

    assertTrue(run(bin + "java", "-cp", ".", "Hello").contains("[atalaya]"));
    assertTrue(run(bin + "java", "-jar", "javac.jar").contains("[atalaya]"), "a jar of any name");
    if (feature > 8) {
      assertTrue(run(bin + "java", "Hello.java").contains("[atalaya]"), "source is an application");
    }
  }

  @Test
  void a_tool_that_stays_opens_no_port() throws Exception {
    Jvm jvm = Jvm.of(21);
    int port = App.freePort();
    int own = App.freePort();
    Process server =
        process(port, jvm.home().resolve("bin/jwebserver").toString(), "-p", "" + own).start();
    try {
      assertTrue(Otlp.await(() -> listens(own)));
      Otlp.sleep(1_500); // the agent's port comes within a second
      assertThrows(ConnectException.class, () -> new Socket("127.0.0.1", port).close());
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void maven_says_nothing_of_the_agent() throws Exception {
    Tool maven = Tool.named("mvn", "apt-get install maven");
    assertQuiet(maven.path(), "-version");
  }

  private static boolean listens(int port) {
    try {
      new Socket("127.0.0.1", port).close();
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private void assertQuiet(String... command) throws Exception {
    String said = run(command);
    List<String> lines = new ArrayList<>(said.lines().toList());
    lines.removeIf(line -> line.startsWith(PICKED_UP));
    assertTrue(said.contains(PICKED_UP), said);
    assertFalse(String.join("\n", lines).contains("[atalaya]"), said);
  }

  private String run(String... command) throws Exception {
    Process process = process(App.freePort(), command).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }

  private ProcessBuilder process(int port, String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .put(
            "JAVA_TOOL_OPTIONS",
            "-javaagent:"
                + App.agentJar()
                + " -Dotel.traces.exporter=none -Dotel.exporter.prometheus.port="
                + port);
    return builder;
  }
}
