package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Tool;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent in JAVA_TOOL_OPTIONS: tools are as without it, applications have it. */
final class ToolsIT {
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final String PICKED_UP = "Picked up " + OPTIONS;
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

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

  /** Its client, its daemon and its compiler's are tools; what a task runs is an application. */
  @Test
  void gradle_says_nothing_of_the_agent_and_the_application_that_it_runs_has_it() throws Exception {
    Tool gradle = Tool.named("gradle", "apt-get install gradle");
    assertQuiet(gradle.path(), "--offline", "--no-daemon", "--version");
    Path sources = Files.createDirectories(folder.resolve("src/main/java"));
    Files.writeString(
        sources.resolve("Hello.java"),
        "public class Hello { public static void main(String[] args) throws Exception {"
            + " System.out.println(\"hello\"); Thread.sleep(2000); } }");
    Files.writeString(folder.resolve("settings.gradle"), "");
    Files.writeString(
        folder.resolve("build.gradle"),
        """
        apply plugin: 'java'
        compileJava.options.fork = true
        task hello(type: JavaExec) {
          dependsOn classes
          main = 'Hello'
          classpath = sourceSets.main.runtimeClasspath
        }
        """);
    String home = folder.resolve("home").toString();
    String said = run(gradle.path(), "--offline", "--no-daemon", "-g", home, "hello");
    assertTrue(said.contains("hello\n"), said);
    assertEquals(4, count(said, PICKED_UP), said);
    assertEquals(1, count(said, "\\[atalaya] .* started in"), said);
    assertTrue(said.indexOf("[atalaya]") > said.indexOf(":hello"), said);
  }

  /** Time differs from run to run and is only printed; what is loaded does not. */
  @ParameterizedTest
  @ValueSource(strings = {"keytool -help", "javac -version", "jps"})
  void a_tool_loads_next_to_nothing_of_the_agent(String command) throws Exception {
    String[] words = command.split(" ");
    words[0] = Jvm.of(17).home().resolve("bin") + "/" + words[0];
    Path classes = folder.resolve("classes.txt");
    ProcessBuilder builder = process(App.freePort(), words);
    String options = builder.environment().get(OPTIONS);
    builder.environment().put(OPTIONS, options + " -Xlog:class+load:file=" + classes);
    Process process = builder.start();
    process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    List<String> own =
        Files.readAllLines(classes).stream()
            .filter(
                line -> line.contains("dev.atalaya") || line.contains(App.agentJar().toString()))
            .toList();
    assertTrue(own.size() >= 1, "the agent was not there");
    assertTrue(own.size() <= 5, own::toString);

    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      without.add(cpuMillis(false, words));
      with.add(cpuMillis(true, words));
    }
    Collections.sort(without);
    Collections.sort(with);
    System.out.printf(
        "%s: %d classes of the agent; %.0f ms of CPU, %.0f ms without%n",
        command, own.size(), with.get(2), without.get(2));
  }

  /** User and system time, as the shell accounts them for its children in its second line. */
  private double cpuMillis(boolean agent, String... command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("sh", "-c", "\"$@\" >/dev/null 2>&1; times", "sh"));
    words.addAll(List.of(command));
    ProcessBuilder builder = process(App.freePort(), words.toArray(new String[0]));
    builder.environment().put("LC_ALL", "C");
    if (!agent) builder.environment().remove(OPTIONS);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    double millis = 0;
    Matcher time = TIME.matcher(said.lines().skip(1).findFirst().orElseThrow());
    while (time.find()) {
      millis +=
          60_000 * Double.parseDouble(time.group(1)) + 1_000 * Double.parseDouble(time.group(2));
    }
    return millis;
  }

  private static int count(String said, String form) {
    return (int) Pattern.compile(form).matcher(said).results().count();
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
            OPTIONS,
            "-javaagent:"
                + App.agentJar()
                + " -Dotel.traces.exporter=none -Dotel.exporter.prometheus.port="
                + port);
    return builder;
  }
}
