package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Findings;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Jvms;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import dev.atalaya.libraries.Libraries;
import java.io.File;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What differs from one Java to another; {@link Jvms} says which of them are tried. */
final class JvmsIT {
  private static final int NEWEST = Integer.MAX_VALUE;
  private static final Duration READY = Duration.ofSeconds(30);

  @TempDir Path folder;

  static Set<Integer> all() {
    return Jvms.releases(8, NEWEST);
  }

  static Set<Integer> withModules() {
    return Jvms.releases(11, NEWEST);
  }

  static Set<Integer> withVirtualThreads() {
    return Jvms.releases(21, NEWEST);
  }

  static Set<Integer> withSecurityManager() {
    return Jvms.releases(8, 17);
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_version_is_printed_in_two_seconds_and_nothing_else(int release) {
    Jvm jvm = Jvms.of(release);
    long best = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 3 && best > 2_000; attempt++) {
      App app = App.program(null, List.of()).jvm(jvm).agent(null).arguments("-version").launch();
      long began = System.nanoTime();
      assertEquals(0, app.join(), app::errors);
      best = Math.min(best, (System.nanoTime() - began) / 1_000_000);
      assertEquals("", app.output());
      assertEquals(3, app.errors().lines().count(), app.errors());
    }
    assertTrue(best < 2_000, best + " ms");
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_service_is_traced_and_measured_without_a_warning(int release) {
    Jvm jvm = Jvms.of(release);
    try (Otlp otlp = Otlp.http();
        App app = jdbc().jvm(jvm).agent(otlp).start()) {
      App.Answer answer = app.get("/jdbc?prepared");
      assertEquals("2 rows", answer.body());
      Trace trace = otlp.trace(answer.traceId()).assertCallsInsideServer();
      assertEquals(List.of("GET /jdbc", "SELECT item"), trace.names());
      Metrics metrics = app.metrics(m -> m.value("http_server_request_duration_seconds_count") > 0);
      assertEquals(1, metrics.value("http_server_request_duration_seconds_count"));
      assertEquals(
          1,
          metrics.value(
              "db_client_operation_duration_seconds_count", "db_query_summary", "SELECT item"));
      assertTrue(metrics.value("jvm_memory_used_bytes") > 0);
      assertOnlyNews(app);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_query_in_a_loop_is_found_with_its_line(int release) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.OrdersApp")
                .libraries("com.h2database:h2:2.2.224")
                .arguments("jdbc:h2:mem:orders;DB_CLOSE_DELAY=-1")
                .jvm(Jvms.of(release))
                .agent(otlp)
                .start()) {
      app.get("/orders?n=20");
      Findings.only(app, "GET /orders", 1)
          .has("kind", "n_plus_one", "cause.rows_typical", 20)
          .counts(20)
          .calledFrom("app.OrdersApp.sku", "items");
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void a_running_service_is_attached_to_by_its_own_java(int release) {
    Jvm jvm = Jvms.of(release);
    App.Launch launch = jdbc().jvm(jvm);
    if (release >= 21) {
      // Else the JVM itself warns of an agent that is loaded while it runs.
      launch.jvmArguments("-XX:+EnableDynamicAgentLoading");
    }
    try (Otlp otlp = Otlp.http();
        App app = launch.start()) {
      assertEquals("2 rows", app.get("/jdbc?prepared").body());
      assertTrue(program(jvm, "list").output().contains(app.pid() + "\t"));
      int port = App.freePort();
      program(
          jvm,
          "attach",
          "" + app.pid(),
          "otel.exporter.otlp.endpoint=" + otlp.endpoint(),
          "otel.exporter.prometheus.port=" + port,
          "otel.bsp.schedule.delay=20");
      App.Answer answer = app.get("/jdbc?prepared");
      assertEquals("2 rows", answer.body());
      assertEquals(List.of("GET /jdbc", "SELECT item"), otlp.trace(answer.traceId()).names());
      String report = program(jvm, "doctor", "" + app.pid()).output();
      assertTrue(report.contains("jdbc") && report.contains(":" + port), report);
      assertOnlyNews(app);
    }
  }

  @ParameterizedTest
  @MethodSource("withModules")
  void an_application_and_libraries_in_named_modules_are_traced(int release) throws Exception {
    Jvm jvm = Jvms.of(release);
    List<Path> pool =
        Libraries.classPath("com.zaxxer:HikariCP:7.1.0", "org.slf4j:slf4j-nop:2.0.18");
    Path shop = compiled("shop", pool);
    Path rows = compiled("rows", List.of());
    Path driver = Libraries.file("org.hsqldb:hsqldb:2.7.4");
    List<Path> boot = new ArrayList<>(pool);
    boot.add(shop);
    // A layer can have no more of the JDK than the application started with.
    modular(jvm, boot, "java.se,jdk.unsupported", joined(List.of(rows, driver)));
    boot.addAll(List.of(rows, driver));
    modular(jvm, boot, "org.hsqldb,rows");
  }

  private static void modular(Jvm jvm, List<Path> path, String modules, String... layer) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.program(null, List.of())
                .jvm(jvm)
                .agent(otlp)
                .arguments("--add-modules", modules, "-p", joined(path))
                .arguments("-m", "shop.modular/modular.ModularApp", "jdbc:hsqldb:mem:shop")
                .arguments(layer)
                .start()) {
      App.Answer answer = app.get("/modular");
      assertEquals("item 7 204", answer.body());
      Trace trace = otlp.trace(answer.traceId(), t -> t.spans().size() >= 4);
      assertEquals(
          List.of("GET /modular", "SELECT item", "GET /plain", "GET /plain"), trace.names());
      // The figures come from the pool's object, by methods and fields of its module.
      Metrics metrics = app.metrics(m -> !m.of("db_client_connection_max").isEmpty());
      assertEquals(
          2, metrics.value("db_client_connection_max", "db_client_connection_pool_name", "main"));
      assertOnlyNews(app);
    }
  }

  @ParameterizedTest
  @MethodSource("withVirtualThreads")
  void virtual_threads_carry_their_makers_request(int release) {
    Jvm jvm = Jvms.of(release);
    try (Otlp otlp = Otlp.http();
        App app =
            App.main("app.ContextApp")
                .libraries("com.h2database:h2:1.4.200")
                .jvm(jvm)
                .agent(otlp)
                .property("atalaya.alert.log", "false") // one query, five times at once
                .start()) {
      App.Answer answer = app.get("/context?virtual");
      assertEquals("5", answer.body());
      Trace trace = otlp.trace(answer.traceId(), t -> t.database().size() == 5);
      assertEquals(5, trace.assertCallsInsideServer().database().size(), trace::toString);
      assertOnlyNews(app);
    }
  }

  @ParameterizedTest
  @MethodSource("withSecurityManager")
  void a_security_manager_that_does_not_know_the_agent_keeps_it_out_and_the_application_runs(
      int release) throws Exception {
    Jvm jvm = Jvms.of(release);
    Path policy = folder.resolve("policy");
    Files.writeString(
        policy,
        "grant { permission java.net.SocketPermission \"*\", \"accept,connect,listen\"; };");
    try (App app =
        App.main("app.UrlConnectionApp")
            .jvm(jvm)
            .agent(null)
            .property("java.security.manager", "")
            .property("java.security.policy", policy.toString())
            .start()) {
      assertEquals("null", app.get("/client?ok").body());
      List<String> ours = app.errors().lines().filter(l -> l.startsWith("[atalaya] ")).toList();
      assertEquals(1, ours.size(), app.errors());
      assertTrue(ours.get(0).contains("java.security.AllPermission"), ours::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("withModules")
  void a_runtime_image_of_two_modules_starts_the_application_and_measures_it(int release)
      throws Exception {
    Path image = folder.resolve("image");
    Process link =
        new ProcessBuilder(
                Jvms.of(release).home().resolve("bin/jlink").toString(),
                "--add-modules=java.base,java.instrument",
                "--output=" + image)
            .redirectErrorStream(true)
            .start();
    String said = new String(link.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assumptions.assumeTrue(link.waitFor() == 0, "no jlink: " + said);
    Jvm jvm = new Jvm(image, release);
    App plain = App.program(null, List.of()).jvm(jvm).arguments("-version").launch();
    // The installations of jvms/install hold launchers for their own libc in their module files.
    Assumptions.assumeTrue(plain.join() == 0, plain::errors);
    try (App app =
        App.main("app.BareApp")
            .jvm(jvm)
            .agent(null)
            .arguments("30000")
            .port(1) // it has none
            .ready("^the task ran", READY)
            .start()) {
      assertOnlyNews(app);
      assertEquals(1, app.metrics().of("target_info").size());
    }
  }

  @Test
  void the_agent_named_twice_is_there_once() {
    try (Otlp otlp = Otlp.http();
        App app = jdbc().jvmArguments("-javaagent:" + App.agentJar()).agent(otlp).start()) {
      App.Answer answer = app.get("/jdbc?prepared");
      assertEquals(2, otlp.trace(answer.traceId()).spans().size());
      assertTrue(app.errors().contains("already running in this JVM"), app.errors());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beside_another_agent_both_work(boolean first) throws Exception {
    Path settings = folder.resolve("other.properties");
    Files.writeString(
        settings,
        "otel.traces.exporter=logging\notel.metrics.exporter=none\notel.logs.exporter=none\n");
    String other =
        "-javaagent:" + Libraries.file("io.opentelemetry.javaagent:opentelemetry-javaagent:2.33.1");
    try (Otlp otlp = Otlp.http()) {
      int port = App.freePort();
      // As its arguments: properties would count for the other agent as well.
      String ours =
          "-javaagent:"
              + App.agentJar()
              + "=otel.bsp.schedule.delay=20,otel.exporter.prometheus.port="
              + port
              + ",otel.exporter.otlp.endpoint="
              + otlp.endpoint();
      try (App app =
          jdbc()
              .property("otel.javaagent.configuration-file", settings.toString())
              .jvmArguments(first ? ours : other, first ? other : ours)
              .start()) {
        assertEquals("2 rows", app.plain("/jdbc?prepared").body());
        assertTrue(app.says("SELECT shop.item"), app.errors());
        Otlp.await(() -> otlp.spans().stream().anyMatch(s -> s.name().equals("GET /jdbc")));
        otlp.settle();
        List<String> names = otlp.spans().stream().map(Span::name).toList();
        assertTrue(names.contains("GET /jdbc") && names.contains("SELECT item"), names::toString);
        assertFalse(app.errors().contains("[atalaya] WARN"), app.errors());
        assertEquals(0, Metrics.text(port).value("atalaya_instrumentation_errors_total"));
      }
    }
  }

  private static App program(Jvm jvm, String... arguments) {
    App app = App.jar(App.agentJar()).jvm(jvm).arguments(arguments).launch();
    assertEquals(0, app.join(), () -> app.output() + app.errors());
    assertEquals("", app.errors());
    return app;
  }

  private static App.Launch jdbc() {
    return App.main("app.JdbcApp")
        .libraries("com.h2database:h2:1.4.200")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain");
  }

  /** Neither the JVM nor the agent finds anything to complain of. */
  private static void assertOnlyNews(App app) {
    assertTrue(app.says(" started in "), app.errors());
    for (String line : app.errors().lines().toList()) {
      assertTrue(line.startsWith("[atalaya] ") && line.contains(" INFO "), app.errors());
    }
    assertFalse(app.output().toLowerCase().contains("warning"), app.output());
  }

  /** A module of src/apps/modules. */
  private Path compiled(String module, List<Path> libraries) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path output = folder.resolve(module);
    List<String> options =
        List.of("--release", "11", "-d", output.toString(), "-p", joined(libraries));
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(Path.of("src", "apps", "modules", module))) {
      List<Path> java = sources.filter(file -> file.toString().endsWith(".java")).toList();
      var units = files.getJavaFileObjectsFromPaths(java);
      assertTrue(
          compiler.getTask(messages, files, null, options, null, units).call(), messages::toString);
    }
    return output;
  }

  private static String joined(List<Path> path) {
    return path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}
