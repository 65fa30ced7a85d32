package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.KotlinSources;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import dev.atalaya.libraries.Libraries;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ktor on Netty, whose requests are seen below it, and on an engine of its own. */
final class KtorIT {
  static final String APP = "app.KtorApp";
  private static final String NETTY = "io.ktor.server.netty.Netty";
  private static final String KOTLIN = "2.3.21";

  @ParameterizedTest
  @CsvSource({
    "io.ktor:ktor-server-netty-jvm:2.0.0, io.ktor:ktor-server-status-pages-jvm:2.0.0, " + NETTY,
    "io.ktor:ktor-server-cio-jvm:2.3.13, io.ktor:ktor-server-status-pages-jvm:2.3.13,"
        + " io.ktor.server.cio.CIO",
    "io.ktor:ktor-server-netty-jvm:3.5.2, io.ktor:ktor-server-status-pages-jvm:3.5.2, " + NETTY,
    "io.ktor:ktor-server-cio-jvm:3.6.1, io.ktor:ktor-server-status-pages-jvm:3.5.2,"
        + " io.ktor.server.cio.CIO",
  })
  void a_call_has_its_route_and_the_exception_of_its_handler(
      String server, String pages, String engine) throws Exception {
    List<Path> classPath = classPath(server, pages);
    WaysToRoute.check(
        () -> App.program(APP, classPath).arguments(engine),
        "/shop",
        null,
        ways -> {
          ways.all();
          ways.upgraded("/orders/18/upgraded", "/orders/{id}/upgraded");
          ways.repeats("/orders/17/repeated", "/orders/{id}/repeated", 12);
        });
  }

  @Test
  void in_development_an_exception_that_a_plugin_answers_is_seen_as_well() throws Exception {
    List<Path> classPath =
        classPath(
            "io.ktor:ktor-server-netty-jvm:3.5.2", "io.ktor:ktor-server-status-pages-jvm:3.5.2");
    WaysToRoute.check(
        () -> App.program(APP, classPath).arguments(NETTY).property("io.ktor.development", "true"),
        "/shop",
        null,
        ways -> {
          ways.failed(
              "/orders/5/unavailable", 503, "/orders/{id}/unavailable", "UnsupportedOperation");
          ways.failed("/orders/6/broken", 500, "/orders/{id}/broken", "IllegalState");
          ways.later();
        });
  }

  static List<Path> classPath(String... libraries) {
    String[] all = java.util.Arrays.copyOf(libraries, libraries.length + 2);
    all[libraries.length] = "org.jetbrains.kotlin:kotlin-stdlib:" + KOTLIN;
    all[libraries.length + 1] = ServerContract.H2;
    return KotlinSources.classPath(
        APP, KOTLIN, List.of("app.OrderPages"), Libraries.classPath(all));
  }
}
