package dev.atalaya.agent.callsite;

import static dev.atalaya.agent.callsite.Application.Owner.APPLICATION;
import static dev.atalaya.agent.callsite.Application.Owner.LIBRARY;
import static dev.atalaya.agent.callsite.Application.Owner.STRANGER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.FileOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.Calls;
import shop.OwnClient;
import shop.OwnDriver;

class ApplicationTest {
  @ParameterizedTest
  @CsvSource({
    "com.acme.shop.Main, com.acme.",
    "com.acme.Main, com.acme.",
    "shop.Main, shop.",
    "app.a.b.Main, app.a.",
    "uk.co.acme.shop.Main, uk.co.acme.",
    "io.github.someone.shop.Main, io.github.someone.",
    "org.springframework.samples.petclinic.Main, org.springframework.samples.",
    "org.springframework.data.examples.Main, org.springframework.data.examples.",
    "org.mybatis.jpetstore.Main, org.mybatis.jpetstore.",
    "org.apache.roller.weblogger.Main, org.apache.roller.",
    "org.springframework.Main, ",
    "Main, ",
  })
  void an_application_is_at_home_in_what_no_library_shares(String main, String home) {
    assertEquals(home, ApplicationPackages.of(main));
  }

  @Test
  void what_comes_from_the_applications_own_place_is_its_own_whatever_its_package() {
    Application application = application("");
    assertEquals(
        APPLICATION, application.owner("org.springframework.samples.petclinic.Pet", Origin.OWN));
    assertEquals(APPLICATION, application.owner("org.mybatis.jpetstore.Cart", Origin.OWN));
    assertEquals(APPLICATION, application.owner("org.apache.roller.Weblog", Origin.OWN));
  }

  @Test
  void but_a_driver_a_pool_and_what_starts_it_never_are() {
    Application application = application("");
    assertEquals(LIBRARY, application.owner("org.sqlite.SQLiteConnection", Origin.OWN));
    assertEquals(LIBRARY, application.owner("com.zaxxer.hikari.HikariPool", Origin.OWN));
    String launcher = "org.springframework.boot.loader.launch.JarLauncher";
    assertEquals(LIBRARY, application.owner(launcher, Origin.MIXED));
    assertEquals(LIBRARY, application(launcher).owner(launcher, Origin.MIXED));
  }

  @Test
  void other_jars_are_libraries_named_in_the_catalogue_or_not() {
    Application application = application("com.acme.shop.Main");
    assertEquals(LIBRARY, application.owner("org.jdbi.v3.core.Handle", Origin.JAR));
    assertEquals(STRANGER, application.owner("net.unheard.of.Mapper", Origin.JAR));
    assertEquals(LIBRARY, application.owner("java.util.List", Origin.PLATFORM));
  }

  @Test
  void jars_that_share_the_main_classs_beginning_are_the_applications() {
    Application application = application("com.acme.shop.Main");
    assertEquals(APPLICATION, application.owner("com.acme.common.Dao", Origin.JAR));
    application = application("org.springframework.samples.petclinic.Main");
    assertEquals(APPLICATION, application.owner("org.springframework.samples.A", Origin.JAR));
    assertEquals(LIBRARY, application.owner("org.springframework.web.A", Origin.JAR));
  }

  @Test
  void and_those_that_share_one_of_a_class_that_surely_is() {
    Application application = application("");
    assertEquals(STRANGER, application.owner("com.acme.common.Dao", Origin.JAR));
    int before = application.version();
    assertEquals(APPLICATION, application.owner("com.acme.shop.Servlet", Origin.OWN));
    assertTrue(application.version() > before);
    assertEquals(APPLICATION, application.owner("com.acme.common.Dao", Origin.JAR));
    int known = application.version();
    application.owner("com.acme.shop.Filter", Origin.OWN);
    assertEquals(known, application.version());
  }

  @Test
  void a_patched_class_of_a_librarys_does_not_make_the_library_the_applications() {
    Application application = application("");
    application.owner("org.springframework.jdbc.core.Patched", Origin.OWN);
    assertEquals(LIBRARY, application.owner("org.springframework.jdbc.core.A", Origin.JAR));
  }

  @Test
  void a_jar_with_all_libraries_in_it_is_told_apart_by_the_catalogue_and_the_main_classs_package() {
    Application application = application("org.apache.roller.Main");
    assertEquals(APPLICATION, application.owner("org.apache.roller.Weblog", Origin.MIXED));
    assertEquals(LIBRARY, application.owner("org.apache.commons.lang3.A", Origin.MIXED));
    assertEquals(APPLICATION, application.owner("net.elsewhere.A", Origin.MIXED));
  }

  @Test
  void what_the_user_says_holds_alone() {
    Application application =
        Application.of(
            List.of("com.acme", "org.other.*"), () -> new Class<?>[0], MainClass.of("a.B"));
    assertEquals(APPLICATION, application.owner("com.acme.A", Origin.JAR));
    assertEquals(APPLICATION, application.owner("org.other.A", Origin.JAR));
    assertEquals(LIBRARY, application.owner("com.acmes.A", Origin.OWN));
    assertEquals(LIBRARY, application.owner("a.B", Origin.OWN));
  }

  @Test
  void the_main_class_is_read_from_the_jars_manifest() throws Exception {
    File jar = File.createTempFile("shop", ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Main-Class", "org.springframework.boot.loader.A");
    manifest.getMainAttributes().putValue("Start-Class", "org.springframework.samples.a.Main");
    new JarOutputStream(new FileOutputStream(jar), manifest).close();
    Application application =
        Application.of(
            Collections.<String>emptyList(), () -> new Class<?>[0], MainClass.of(jar.getPath()));
    String dao = "org.springframework.samples.a.Dao";
    assertEquals(LIBRARY, application.owner(dao, Origin.JAR));
    application.learnMain();
    assertEquals(APPLICATION, application.owner(dao, Origin.JAR));
    assertEquals(true, jar.delete());
  }

  @ParameterizedTest
  @CsvSource({"org/h2/Driver.class, STRANGER", "net/other/A.class, APPLICATION"})
  void strangers_in_the_main_jar_are_the_applications_unless_libraries_are_there_too(
      String neighbour, Application.Owner owner) throws Exception {
    File jar = File.createTempFile("shop", ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Main-Class", "org.apache.roller.Main");
    try (JarOutputStream out = new JarOutputStream(new FileOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("org/apache/roller/Main.class"));
      out.putNextEntry(new JarEntry("org/springframework/boot/loader/A.class"));
      out.putNextEntry(new JarEntry(neighbour));
    }
    Application application =
        Application.of(
            Collections.<String>emptyList(), () -> new Class<?>[0], MainClass.of(jar.getPath()));
    assertEquals(APPLICATION, application.owner("net.unheard.of.Mapper", Origin.MIXED));
    application.learnMain();
    assertEquals(owner, application.owner("net.unheard.of.Mapper", Origin.MIXED));
    assertEquals(APPLICATION, application.owner("org.apache.roller.Dao", Origin.MIXED));
    assertEquals(true, jar.delete());
  }

  @Test
  void where_the_main_class_is_its_neighbours_are_the_applications_too() {
    MainClass main = MainClass.of(Test.class.getName());
    Application application =
        Application.of(
            Collections.<String>emptyList(), () -> new Class<?>[] {Calls.class, Test.class}, main);
    assertEquals(Origin.JAR, application.origin(Test.class));
    application.learnMain();
    assertEquals(Origin.MIXED, application.origin(Test.class));
  }

  @Test
  void what_was_no_ones_is_looked_at_again_once_more_is_known() {
    ClassRoles roles = application("").roles;
    assertFalse((roles.of("com.acme.common.Dao") & ClassRoles.APPLICATION) != 0);
    roles.application.owner("com.acme.shop.Servlet", Origin.OWN);
    assertTrue((roles.of("com.acme.common.Dao") & ClassRoles.APPLICATION) != 0);
  }

  @Test
  void a_driver_that_the_application_wrote_is_a_driver() {
    ClassRoles roles = application("").roles;
    assertTrue((roles.of(Calls.class) & ClassRoles.APPLICATION) != 0);
    assertEquals(ClassRoles.DRIVER, roles.of(OwnDriver.class));
  }

  @Test
  void a_client_that_the_application_extends_is_a_client() {
    assertEquals(ClassRoles.DRIVER, application("").roles.of(OwnClient.class));
  }

  @Test
  void a_name_is_looked_for_among_the_loaded_classes() {
    Application application =
        Application.of(
            Collections.<String>emptyList(),
            () -> new Class<?>[] {Calls.class},
            MainClass.of("a.B"));
    StackTraceElement[] stack = {
      new StackTraceElement("net.unheard.of.Mapper", "list", "Mapper.java", 1),
      new StackTraceElement("shop.Calls", "list", "Calls.java", 2)
    };
    assertEquals("shop.Calls", CallSites.of(stack, application.roles, null).top().getClassName());
  }

  private static Application application(String main) {
    return Application.of(
        Collections.<String>emptyList(), () -> new Class<?>[0], MainClass.of(main));
  }
}
