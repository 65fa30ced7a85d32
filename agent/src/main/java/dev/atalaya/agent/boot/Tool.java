package dev.atalaya.agent.boot;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Whether a JVM runs a tool, not an application: the JDK's, Maven, Gradle, or the agent's own.
 *
 * <p>What is in JAVA_TOOL_OPTIONS is in all JVMs. A tool prints what others read, and lives for
 * moments: the agent is not there. The tests that Maven and Gradle start are applications.
 */
final class Tool {
  private static final Set<String> GRADLE =
      new HashSet<>(
          Arrays.asList(
              "org.gradle.launcher.GradleMain",
              "org.gradle.launcher.daemon.bootstrap.GradleDaemon",
              "org.gradle.wrapper.GradleWrapperMain",
              "org.jetbrains.kotlin.daemon.KotlinCompileDaemon",
              "org.mvndaemon.mvnd.common.MavenDaemon"));

  private static final String MAVEN = "org.codehaus.plexus.classworlds.launcher.Launcher";
  private static final String MAVEN_WRAPPER = "org.apache.maven.wrapper.MavenWrapperMain";
  private static final String GRADLE_WORKER =
      "worker.org.gradle.process.internal.worker.GradleWorkerMain";

  /** The one worker that runs an application's code; others compile, or work for plugins. */
  private static final String GRADLE_TESTS = GRADLE_WORKER + " 'Gradle Test Executor";

  /** Variables whose options all JVMs take, unlike those of MAVEN_OPTS. */
  private static final String[] UNASKED = {
    "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"
  };

  private final Properties properties;
  private final Map<String, String> environment;
  private final File agent;

  Tool(Properties properties, Map<String, String> environment, File agent) {
    this.properties = properties;
    this.environment = environment;
    this.agent = agent;
  }

  static boolean runsHere(File agent) throws Exception {
    return new Tool(System.getProperties(), System.getenv(), agent).runs();
  }

  boolean runs() throws Exception {
    String command = properties.getProperty("sun.java.command");
    if (command == null) return false; // not started by a launcher: a service, another language
    String module = properties.getProperty("jdk.module.main");
    if (module != null) return isJdkModule(module);
    File jar = jar(command);
    if (jar != null && jar.getCanonicalFile().equals(agent.getCanonicalFile())) return true;
    int space = command.indexOf(' ');
    String main = jar != null ? main(jar) : space < 0 ? command : command.substring(0, space);
    if (GRADLE.contains(main) || main.equals(Launcher.class.getName())) return true;
    if (main.equals(GRADLE_WORKER)) return !command.startsWith(GRADLE_TESTS);
    if (main.equals(MAVEN)) return properties.getProperty("maven.home") != null && !isAsked();
    if (main.equals(MAVEN_WRAPPER)) return !isAsked();
    return isJdkClass(main);
  }

  /** A goal may run an application inside Maven: whoever wants the agent there says so. */
  private boolean isAsked() {
    for (String name : UNASKED) {
      String options = environment.get(name);
      if (options != null && options.contains("-javaagent:")) return false;
    }
    return true;
  }

  /** By its place: an application's module may have any name. */
  private static boolean isJdkModule(String name) throws Exception {
    if (!name.startsWith("jdk.") && !name.startsWith("java.")) return false;
    Class<?> finder = Class.forName("java.lang.module.ModuleFinder");
    Object system = finder.getMethod("ofSystem").invoke(null);
    Object found = finder.getMethod("find", String.class).invoke(system, name);
    return (Boolean) found.getClass().getMethod("isPresent").invoke(found);
  }

  /** Java 8 has its tools in tools.jar; jshell has a JVM for what it evaluates. */
  private boolean isJdkClass(String main) {
    if (!main.startsWith("sun.") && !main.startsWith("com.sun.") && !main.startsWith("jdk.")) {
      return false;
    }
    URL file = ClassLoader.getSystemResource(main.replace('.', '/') + ".class");
    if (file == null) return false;
    if (file.getProtocol().equals("jrt")) return true;
    File home = new File(properties.getProperty("java.home"));
    if (home.getName().equals("jre")) home = home.getParentFile();
    return file.toString().startsWith("jar:" + home.toURI());
  }

  /** What {@code -jar} named, spaces and all; null where a class was. */
  private File jar(String command) {
    String path = properties.getProperty("java.class.path", "");
    int end = path.indexOf(".jar");
    if (end < 0) return null;
    String first = path.substring(0, end + 4);
    return command.equals(first) || command.startsWith(first + " ") ? new File(first) : null;
  }

  /** The main class of a jar that may be a tool's, by its name; else its name. */
  private static String main(File jar) {
    if (!jar.getName().startsWith("gradle-") && !jar.getName().startsWith("maven-")) {
      return jar.getName();
    }
    try (JarFile file = new JarFile(jar)) {
      Manifest manifest = file.getManifest();
      String main =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      return main == null ? jar.getName() : main;
    } catch (IOException unreadable) {
      return jar.getName();
    }
  }
}
