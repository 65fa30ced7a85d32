package dev.atalaya.agent.callsite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.Calls;

class OriginTest {
  @ParameterizedTest
  @CsvSource({
    // Spring Boot, up to 3.1 and since, as a jar, a war, and unpacked
    "jar:file:/opt/shop.jar!/BOOT-INF/classes!/, OWN",
    "jar:file:/opt/shop.jar!/BOOT-INF/lib/h2.jar!/, JAR",
    "jar:nested:/opt/shop.jar/!BOOT-INF/classes/!/, OWN",
    "jar:nested:/opt/shop.jar/!BOOT-INF/lib/h2.jar!/, JAR",
    "jar:file:/opt/shop.war!/WEB-INF/classes!/, OWN",
    "jar:file:/opt/shop.war!/WEB-INF/lib-provided/tomcat.jar!/, JAR",
    "file:/opt/shop/BOOT-INF/classes/, OWN",
    "file:/opt/shop/BOOT-INF/lib/h2.jar, JAR",
    // containers
    "file:/srv/tomcat/webapps/shop/WEB-INF/classes/, OWN",
    "file:/srv/tomcat/webapps/shop/WEB-INF/lib/h2.jar, JAR",
    "war:file:/srv/shop.war*/WEB-INF/lib/h2.jar, JAR",
    "file:/srv/tomcat/lib/catalina.jar, JAR",
    "vfs:/content/shop.war/WEB-INF/classes/, OWN",
    "vfs:/content/shop.war/WEB-INF/lib/h2.jar/, JAR",
    "vfs:/content/shop.ear/orders.jar/, OWN",
    "vfs:/content/shop.ear/lib/h2.jar/, JAR",
    "vfs:/content/orders.jar/, OWN",
    "wsjar:file:/srv/shop.ear!/orders.jar, OWN",
    "jar:file:/srv/wildfly/modules/org/jboss/as/main/as.jar!/, JAR",
    // class paths
    "file:/home/me/shop/target/classes/, OWN",
    "file:/home/me/shop/target/test-classes/, OWN",
    "file:/home/me/shop/build/classes/java/main/, OWN",
    "file:/home/me/shop/out/production/shop/, OWN",
    "file:/app/classes/, MIXED",
    "file:/var/task/, MIXED",
    "file:/app/libs/h2.jar, JAR",
    // modules
    "jrt:/java.sql, PLATFORM",
    "jrt:/jdk.compiler, PLATFORM",
    "jrt:/com.h2database, JAR",
    "reference:file:/osgi/bundle.jar, JAR",
    "bundle://12.0:1/, MIXED",
  })
  void a_location_tells_whose_its_classes_are(String location, Origin origin) {
    assertEquals(origin, Origin.of(location, MainClass.of("shop.Main a b")));
  }

  /** As in the agent's jar, and not on a test's class path. */
  @Test
  void what_the_agents_own_loader_has_is_the_agents() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String one : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(one).toURI().toURL());
    }
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    try (URLClassLoader agent = new URLClassLoader(urls.toArray(new URL[0]), platform)) {
      Class<?> main = agent.loadClass(MainClass.class.getName());
      Method origin =
          agent.loadClass(Origin.class.getName()).getDeclaredMethod("of", Class.class, main);
      origin.setAccessible(true);
      Object none = main.getMethod("of", String.class).invoke(null, "shop.Main");
      Class<?> folder = agent.loadClass("dev.atalaya.agent.library.jersey.JerseyHooks");
      assertEquals("AGENT", String.valueOf(origin.invoke(null, folder, none)));
      assertNotEquals("AGENT", String.valueOf(origin.invoke(null, Calls.class, none)));
    }
  }

  @Test
  void the_main_jar_may_have_libraries_in_it() throws Exception {
    File jar = File.createTempFile("shop", ".jar");
    MainClass main = MainClass.of(jar.getPath() + " with arguments");
    String location = jar.getCanonicalFile().toURI().toString();
    assertEquals(Origin.MIXED, Origin.of(location, main));
    assertEquals(Origin.MIXED, Origin.of("jar:" + location + "!/", main));
    assertEquals(Origin.JAR, Origin.of("jar:" + location + "!/lib/h2.jar!/", main));
    assertEquals(Origin.JAR, Origin.of("file:/other.jar", main));
    assertEquals(true, jar.delete());
  }

  @Test
  void quarkus_keeps_the_application_apart() {
    MainClass quarkus = MainClass.of("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    assertEquals(Origin.OWN, Origin.of("file:/deployments/app/shop-1.0.jar", quarkus));
    assertEquals(Origin.JAR, Origin.of("file:/deployments/lib/main/io.x.jar", quarkus));
    String made = "file:/deployments/quarkus/";
    assertEquals(Origin.MIXED, Origin.of(made + "transformed-bytecode.jar", quarkus));
    assertEquals(Origin.JAR, Origin.of(made + "generated-bytecode.jar", quarkus));
    assertEquals(Origin.JAR, Origin.of("file:/a/app/shop-1.0.jar", MainClass.of("shop.Main")));
  }

  @Test
  void a_module_of_the_application_is_where_its_main_class_is() {
    MainClass main = MainClass.of("shop.app/shop.Main");
    assertEquals("shop.Main", main.name());
    assertEquals(Origin.PLATFORM, Origin.of(String.class, main));
    assertEquals(Origin.PLATFORM, Origin.of(java.sql.Connection.class, main));
    assertEquals(Origin.OWN, Origin.of(OriginTest.class, main));
    assertEquals(Origin.JAR, Origin.of(Test.class, main));
  }
}
