package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WebArchive;
import dev.atalaya.libraries.Libraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Karaf: web applications as bundles, on the Jetty of Pax Web. */
final class KarafIT extends ServerContract {
  @Override
  public App start(Otlp otlp) throws Exception {
    Path home = Distribution.shared("org.apache.karaf:apache-karaf:zip:4.4.10", name -> false);
    int port = App.freePort();
    Path etc = folder.resolve("etc");
    Distribution.copy(home.resolve("etc"), etc);
    Path features = etc.resolve("org.apache.karaf.features.cfg");
    Files.writeString(
        features,
        Files.readString(features)
            .replaceAll(
                "(?s)featuresBoot = .*?\n\n",
                "featuresBoot = wrap, framework, system, feature, bundle, config, war\n\n"));
    Files.writeString(
        etc.resolve("org.ops4j.pax.web.cfg"),
        "org.osgi.service.http.port=%d%norg.ops4j.pax.web.listening.addresses=127.0.0.1%n"
            .formatted(port));
    Files.writeString(
        etc.resolve("org.ops4j.pax.url.mvn.cfg"),
        "%norg.ops4j.pax.url.mvn.localRepository=%s%n".formatted(Libraries.repository()),
        StandardOpenOption.APPEND);
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.createDirectories(data.resolve("tmp"));
    Files.createDirectories(data.resolve("log"));
    return App.program("org.apache.karaf.main.Main", jars(home, "boot", "jdk9plus"))
        .jvmArguments(modules(home.resolve("lib/endorsed")))
        .property("karaf.home", home.toString())
        .property("karaf.base", folder.toString())
        .property("karaf.data", data.toString())
        .property("karaf.etc", etc.toString())
        .property("karaf.log", data.resolve("log").toString())
        .property("karaf.instances", folder.resolve("instances").toString())
        .property("karaf.startLocalConsole", "false")
        .property("karaf.startRemoteShell", "false")
        .property("java.io.tmpdir", data.resolve("tmp").toString())
        .property(
            "java.util.logging.config.file", etc.resolve("java.util.logging.properties").toString())
        .agent(otlp)
        .port(port)
        .ready("Atalaya .* started", Duration.ofSeconds(60))
        .start();
  }

  /** Once its features are there: bundles that come while they do may hold them up. */
  @Override
  public void deploy(App app) throws IOException {
    await(app, "/", 404);
    Path packed = folder.resolve("packed");
    WebArchive.shop(packed.resolve("shop.jar"), false, bundle("shop", ""));
    String driver = ",WEB-INF/lib/h2.jar";
    WebArchive.library(packed.resolve("library.jar"), false, "", bundle("library", driver));
    Files.createDirectories(folder.resolve("deploy"));
    for (String name : List.of("shop.jar", "library.jar")) {
      Files.move(packed.resolve(name), folder.resolve("deploy").resolve(name));
    }
    await(app, "/shop/exact", 200);
    await(app, "/library/there.txt", 200);
  }

  private void await(App app, String path, int status) {
    boolean answered = Otlp.await(Duration.ofSeconds(90), () -> status(app, path) == status);
    assertTrue(answered, () -> path + "\n" + app.errors() + ownLog());
  }

  private static int status(App app, String path) {
    try {
      return app.plain(path).statusCode();
    } catch (IllegalStateException notYet) {
      return 0;
    }
  }

  @Override
  public String log(App app) {
    return app.output() + app.errors() + ownLog();
  }

  private String ownLog() {
    try {
      return Files.readString(folder.resolve("data/log/karaf.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> jars(Path home, String... folders) throws Exception {
    List<Path> jars = new ArrayList<>();
    for (String one : folders) {
      try (Stream<Path> files = Files.list(home.resolve("lib").resolve(one))) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    return jars;
  }

  /** What its script gives a JVM with modules. */
  private static String[] modules(Path endorsed) {
    List<String> arguments = new ArrayList<>();
    String locator = endorsed + "/org.apache.karaf.specs.locator-4.4.10.jar";
    String xml = endorsed + "/org.apache.karaf.specs.java.xml-4.4.10.jar";
    arguments.add("--add-reads=java.xml=java.logging");
    arguments.add("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
    arguments.add("--patch-module=java.base=" + locator);
    arguments.add("--patch-module=java.xml=" + xml);
    for (String name : List.of("java.security", "java.net", "java.lang", "java.util")) {
      arguments.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
    }
    for (String name : List.of("file", "http", "https", "jar")) {
      arguments.add("--add-exports=java.base/sun.net.www.protocol." + name + "=ALL-UNNAMED");
    }
    return arguments.toArray(String[]::new);
  }

  /** A web application bundle, as its specification has it. */
  private static Manifest bundle(String name, String library) {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Web-ContextPath", "/" + name);
    main.putValue("Bundle-ClassPath", "WEB-INF/classes" + library);
    main.putValue("Import-Package", "javax.servlet,javax.servlet.http,javax.naming,javax.sql");
    main.putValue("DynamicImport-Package", "*");
    return manifest;
  }
}
