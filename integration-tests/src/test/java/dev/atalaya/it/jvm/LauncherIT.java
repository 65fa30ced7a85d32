package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.atalaya.it.App;
import dev.atalaya.it.Jvm;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Program;
import dev.atalaya.it.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as a program, and as an agent where it cannot do its work. */
final class LauncherIT {

  @Test
  void help_and_version() {
    App help = agent("--help");
    assertEquals(0, help.join(), help.errors());
    for (String word : List.of("attach", "list", "doctor", "test-alert", "atalaya.enabled")) {
      assertTrue(help.output().contains(word), help.output());
    }
    App version = agent("--version");
    assertEquals(0, version.join(), version.errors());
    assertTrue(version.output().matches("(?s).*\\d+\\.\\d+.*"), version.output());
    App unknown = agent("dance");
    assertNotEquals(0, unknown.join());
    assertTrue(unknown.errors().contains("dance"), unknown.errors());
  }

  @ParameterizedTest
  @MethodSource("dev.atalaya.it.Jvms#releases")
  void a_jvm_that_only_prints_its_version_ends_well(int feature) {
    App app =
        App.program(null, List.of())
            .jvm(Jvm.of(feature))
            .agent(null)
            .arguments("-version")
            .launch();
    assertEquals(0, app.join());
    assertFalse(app.errors().contains("Exception"), app.errors());
    assertFalse(app.errors().contains("WARNING"), app.errors());
  }

  @ParameterizedTest
  @MethodSource("dev.atalaya.it.Jvms#releases")
  void a_running_jvm_is_listed_attached_to_and_examined(int feature) throws Exception {
    Jvm jvm = Jvm.of(feature);
    try (Otlp otlp = Otlp.http();
        App app = jdbc().jvm(jvm).start()) {
      assertEquals(200, app.get("/jdbc?prepared").status());
      App list = agent(jvm, "list");
      assertEquals(0, list.join(), list.errors());
      assertTrue(
          list.output().lines().anyMatch(line -> line.contains("" + app.pid())), list.output());

      App early = agent(jvm, "doctor", "" + app.pid());
      assertNotEquals(0, early.join(), early::output);

      int metricsPort = App.freePort();
      App attach =
          agent(
              jvm,
              "attach",
              "" + app.pid(),
              "otel.exporter.otlp.endpoint=" + otlp.endpoint(),
              "otel.exporter.prometheus.port=" + metricsPort,
              "otel.resource.attributes=a=1,b=2",
              "otel.bsp.schedule.delay=20");
      assertEquals(0, attach.join(), () -> attach.output() + attach.errors());
      assertTrue(
          attach.output().contains("attached to " + app.pid() + ": weaves "), attach.output());
      App.Answer answer = app.get("/jdbc?prepared");
      Trace trace = otlp.trace(answer.traceId());
      assertEquals(List.of("GET /jdbc", "SELECT item"), trace.names());
      assertEquals("2", trace.server().resource().get("b"), "a value may hold commas");
      assertTrue(
          Metrics.text(metricsPort).value("http_server_request_duration_seconds_count") >= 1);

      App again = agent(jvm, "attach", "" + app.pid());
      assertEquals(1, again.join(), again::output);
      assertTrue(again.errors().contains("already attached"), again.errors());
      assertEquals(2, otlp.trace(app.get("/jdbc?prepared").traceId()).spans().size());

      App doctor = agent(jvm, "doctor", "" + app.pid());
      assertEquals(0, doctor.join(), () -> doctor.output() + doctor.errors());
      assertTrue(doctor.output().contains("jdbc"), doctor.output());
      JsonNode report =
          new ObjectMapper()
              .readTree(Program.get("http://127.0.0.1:" + metricsPort + "/api/doctor").body());
      assertTrue(report.has("version"), report::toString);
      assertFalse(app.errors().contains("Exception"), app.errors());
    }
  }

  @Test
  void a_jvm_with_a_private_folder_for_temporary_files_is_examined() throws Exception {
    // The project may lie in /tmp itself: it is put there again.
    String mounts =
        "exec 3<\"$0\"; mount -t tmpfs none /tmp; mkdir -p \"$0\";"
            + " mount -c --bind /proc/self/fd/3 \"$0\"; exec 3<&-; exec \"$@\"";
    Path project = Path.of("..").toAbsolutePath().normalize();
    Assumptions.assumeTrue(mayUnshare(), "may not unshare mounts");
    Jvm jvm = Jvm.of(25); // attaching itself looks there from 24 on
    try (App app = jdbc().jvm(jvm).within(apart(mounts, project)).start()) {
      String pid = "" + app.pid();
      App none = agent(jvm, "doctor", pid);
      assertEquals(1, none.join(), none::output);
      assertTrue(none.errors().contains("no agent runs in " + pid), none.errors());

      String[] elsewhere = {"otel.metrics.exporter=otlp", "otel.traces.exporter=none"};
      App attach = agent(jvm, "attach", pid, elsewhere[0], elsewhere[1]);
      assertEquals(0, attach.join(), () -> attach.output() + attach.errors());
      assertTrue(attach.output().startsWith("attached to " + pid), attach.output());
      assertTrue(
          attach.output().matches("(?s).*: weaves \\d+ of \\d+ loaded classes\n.*"),
          attach.output());
      assertTrue(
          attach.output().matches("(?s).*in \\d+\\.\\d s; its own log says more\n"),
          attach.output());
      App doctor = agent(jvm, "doctor", pid);
      assertEquals(0, doctor.join(), doctor::errors);
      String metrics =
          new ObjectMapper().readTree(doctor.output()).at("/exporters/metrics").asText();
      assertTrue(metrics.matches("otlp .*(localhost:4318|nothing sent yet).*"), metrics);

      App tooOld = agent(Jvm.of(8), "doctor", pid);
      assertEquals(1, tooOld.join(), tooOld::output);
      assertTrue(tooOld.errors().contains("/tmp of its own"), tooOld.errors());
    }
  }

  @Test
  void a_report_that_the_other_jvm_cannot_write_is_said_to_be_unreadable(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(mayUnshare(), "may not unshare mounts");
    String readOnly = "mount --bind \"$0\" \"$0\"; mount -o remount,bind,ro \"$0\"; exec \"$@\"";
    try (App app = jdbc().agent(null).within(apart(readOnly, folder)).start()) {
      App doctor =
          App.jar(App.agentJar())
              .jvmArguments("-Djava.io.tmpdir=" + folder)
              .arguments("doctor", "" + app.pid())
              .launch();
      assertEquals(1, doctor.join(), doctor::output);
      String said = "the report of " + app.pid() + " cannot be read: it has no way to write ";
      assertTrue(doctor.errors().startsWith(said + folder), doctor::errors);
      assertTrue(doctor.errors().contains("or read /api/doctor on its port"), doctor::errors);
      assertEquals("", doctor.output());
      assertTrue(app.says("could not report to the doctor"), app::errors);
      assertFalse(app.errors().contains("did not start"), app::errors);
    }
  }

  @Test
  void a_jar_that_the_other_jvm_does_not_see_is_to_be_copied_there(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(mayUnshare(), "may not unshare mounts");
    Path jar = Files.copy(App.agentJar(), folder.resolve("atalaya.jar"));
    String hidden = "mount -t tmpfs none \"$0\"; exec \"$@\"";
    try (App app = jdbc().within(apart(hidden, folder)).start()) {
      for (String command : List.of("attach", "doctor")) {
        App asked = App.jar(jar).arguments(command, "" + app.pid()).launch();
        assertEquals(1, asked.join(), asked::output);
        assertEquals(
            command
                + " failed: process "
                + app.pid()
                + (" does not see " + jar + ": copy it there, to the same path\n"),
            asked.errors());
      }
      assertEquals(200, app.get("/jdbc?prepared").status());
      assertEquals("", app.errors());
    }
  }

  /** A program that has mounts of its own: $0 of the script is the folder. */
  private static String[] apart(String script, Path folder) {
    return new String[] {"unshare", "--mount", "sh", "-c", script, folder.toString()};
  }

  private static boolean mayUnshare() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/tmp").start();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Test
  void an_attach_that_cannot_work_says_why_in_one_line() throws Exception {
    App app = agent("attach", "999999999");
    assertNotEquals(0, app.join());
    assertEquals(1, app.errors().lines().count(), app.errors());
    assertTrue(app.errors().contains("999999999"), app.errors());

    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      for (String command : List.of("attach", "doctor")) {
        App noJvm = agent(command, "" + sleep.pid());
        assertEquals(1, noJvm.join());
        assertTrue(noJvm.errors().contains(sleep.pid() + " is no JVM"), noJvm.errors());
      }
      assertTrue(sleep.isAlive());
    } finally {
      sleep.destroy();
    }

    App typo = agent("attach", "999999999", "typo=1");
    assertNotEquals(0, typo.join());
    assertTrue(typo.errors().contains("typo=1"), typo.errors());

    App noPid = agent("attach", "shop");
    assertNotEquals(0, noPid.join());
    assertEquals(1, noPid.errors().lines().count(), noPid.errors());

    try (App closed = jdbc().jvmArguments("-XX:+DisableAttachMechanism").start()) {
      App refused = agent("attach", "" + closed.pid());
      assertNotEquals(0, refused.join());
      assertEquals(1, refused.errors().lines().count(), refused.errors());
      assertTrue(refused.errors().contains("DisableAttachMechanism"), refused.errors());
      assertEquals(200, closed.get("/jdbc?prepared").status());
    }
  }

  private static App agent(String... arguments) {
    return agent(Jvm.running(), arguments);
  }

  private static App agent(Jvm jvm, String... arguments) {
    return App.jar(App.agentJar()).jvm(jvm).arguments(arguments).launch();
  }

  private static App.Launch jdbc() {
    return App.main("app.JdbcApp")
        .libraries("com.h2database:h2:1.4.200")
        .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain");
  }
}
