package dev.atalaya.agent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolTest {
  private static final Map<String, String> UNASKED =
      Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/atalaya-agent.jar");

  private final Properties properties = new Properties();

  @TempDir Path folder;

  @BeforeEach
  void of_this_jvm() {
    properties.setProperty("java.home", System.getProperty("java.home"));
    properties.setProperty("java.class.path", "/srv/classes:/opt/atalaya-agent.jar");
  }

  @ParameterizedTest
  @CsvSource({
    "java.base, java.base/sun.security.tools.keytool.Main -help, true",
    "jdk.jcmd, jdk.jcmd/sun.tools.jps.Jps, true",
    "jdk.compiler, jdk.compiler/com.sun.tools.javac.Main -version, true",
    "jdk.shop, jdk.shop/jdk.shop.Main, false",
    "java.shop, java.shop/shop.Main, false",
    "shop, shop/shop.Main, false",
  })
  void a_module_is_a_tools_where_it_is_the_jdks(String module, String command, boolean tool)
      throws Exception {
    properties.setProperty("jdk.module.main", module);
    assertEquals(tool, runs(command));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "com.sun.tools.javac.Main -version, true",
        "jdk.jshell.execution.RemoteExecutionControl 4711, true",
        "com.sun.tools.javac.Mine, false",
        "sun.shop.Main, false",
        "jdk.compiler/com.sun.tools.javac.launcher.Main Hello.java, false",
        "org.gradle.launcher.GradleMain build, true",
        "org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.5, true",
        "org.gradle.wrapper.GradleWrapperMain test, true",
        "org.gradle.wrapper.GradleWrapperMainly test, false",
        "shop.Main org.gradle.wrapper.GradleWrapperMain, false",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Test Executor 1', false",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Compiler Daemon 1', true",
        "worker.org.gradle.process.internal.worker.GradleWorkerMain 'Gradle Worker Daemon 1', true",
        "org.apache.maven.surefire.booter.ForkedBooter /tmp/surefire, false",
        "org.apache.maven.wrapper.MavenWrapperMain verify, true",
        "dev.atalaya.agent.boot.Launcher list, true",
        "shop.Main, false",
      })
  void a_class_is_a_tools_by_its_name_or_by_where_it_comes_from(String command, boolean tool)
      throws Exception {
    assertEquals(tool, runs(command));
  }

  @Test
  void maven_is_a_tool_unless_it_was_given_the_agent() throws Exception {
    String command = "org.codehaus.plexus.classworlds.launcher.Launcher jetty:run";
    assertFalse(runs(command), "others use that launcher too");
    properties.setProperty("maven.home", "/usr/share/maven");
    assertTrue(runs(command));
    assertFalse(new Tool(named(command), Map.of("MAVEN_OPTS", "-javaagent:a"), agent()).runs());
  }

  @Test
  void a_wrappers_jar_is_one_by_its_main_class() throws Exception {
    assertTrue(runsJar("a folder/gradle-wrapper.jar", "org.gradle.wrapper.GradleWrapperMain"));
    assertFalse(runsJar("gradle-shop.jar", "shop.Main"));
    assertFalse(runsJar("javac.jar", "shop.Main"));
  }

  @Test
  void the_agents_own_jar_is_one() throws Exception {
    properties.setProperty("java.class.path", agent().getPath());
    assertTrue(runs(agent() + " doctor 4711"));
    assertFalse(runs(agent() + ".jar"));
  }

  @Test
  void a_jvm_that_no_launcher_started_is_none() throws Exception {
    assertFalse(new Tool(properties, UNASKED, agent()).runs());
  }

  private boolean runsJar(String name, String main) throws Exception {
    Path jar = folder.resolve(name);
    Files.createDirectories(jar.getParent());
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    properties.setProperty("java.class.path", jar.toString());
    return runs(jar + " build");
  }

  private boolean runs(String command) throws Exception {
    return new Tool(named(command), UNASKED, agent()).runs();
  }

  private Properties named(String command) {
    properties.setProperty("sun.java.command", command);
    return properties;
  }

  private File agent() {
    return folder.resolve("atalaya-agent.jar").toFile();
  }
}
