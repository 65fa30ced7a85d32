package dev.atalaya.it.http;

import dev.atalaya.it.App;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WaysToRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JAX-RS where no servlet container is. */
final class JaxRsIT {
  private static final String JERSEY = "org.glassfish.jersey.containers:jersey-container-";

  @ParameterizedTest
  @CsvSource({
    "grizzly2-http:2.25.1, false",
    "grizzly2-http:4.0.2+org.glassfish.jersey.inject:jersey-hk2:4.0.2"
        + "+org.glassfish.grizzly:grizzly-http-server:4.1.0, true",
  })
  void jersey_has_its_resources_paths_on_grizzly(String container, boolean jakarta)
      throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.JerseyServersApp")
                .libraries((JERSEY + container).split("[+]"))
                .libraries(ServerContract.H2)
                .jakarta(jakarta)
                .release(jakarta ? 17 : 8)
                .arguments(
                    "org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory",
                    "createHttpServer",
                    "/shop"),
        "/shop",
        null,
        WaysToRoute::all);
  }

  /** Where a client hangs up, Jersey's container never tells Jetty that it is done: no end. */
  @ParameterizedTest
  @ValueSource(strings = "4.0.2")
  void jersey_has_its_resources_paths_as_a_handler_of_jetty(String version) throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.JerseyServersApp")
                .libraries(
                    JERSEY + "jetty-http:" + version,
                    "org.glassfish.jersey.inject:jersey-hk2:" + version,
                    ServerContract.H2)
                .jakarta(true)
                .release(17)
                .arguments(
                    "org.glassfish.jersey.jetty.JettyHttpContainerFactory", "createServer", ""),
        "",
        null,
        ways -> {
          ways.atOnce();
          ways.later();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "org.jboss.resteasy:resteasy-undertow:3.15.6.Final, false",
    "org.jboss.resteasy:resteasy-undertow:7.0.1.Final, true",
  })
  void resteasy_has_its_resources_paths_on_the_undertow_that_it_starts(
      String library, boolean jakarta) throws Exception {
    WaysToRoute.check(
        () ->
            App.main("app.ResteasyUndertowApp")
                .libraries(library, ServerContract.H2)
                .jakarta(jakarta)
                .release(jakarta ? 17 : 8),
        "/shop",
        "/shop/*",
        WaysToRoute::all);
  }

  /** Where an answer cannot be given later. */
  @ParameterizedTest
  @CsvSource({
    "org.jboss.resteasy:resteasy-jdk-http:3.15.6.Final, false, app.ResteasyJdkApp, '', /shop",
    "org.glassfish.jersey.containers:jersey-container-jdk-http:4.0.2"
        + "+org.glassfish.jersey.inject:jersey-hk2:4.0.2, true, app.JerseyServersApp,"
        + " org.glassfish.jersey.jdkhttp.JdkHttpServerFactory, /shop/",
  })
  void on_the_jdks_server_a_request_has_its_resources_path_and_exception(
      String library, boolean jakarta, String main, String factory, String unmatched)
      throws Exception {
    WaysToRoute.check(
        () ->
            App.main(main)
                .libraries(library.split("[+]"))
                .libraries(ServerContract.H2)
                .jakarta(jakarta)
                .release(jakarta ? 17 : 8)
                .arguments(factory, "createHttpServer", "/shop"),
        "/shop",
        unmatched,
        WaysToRoute::atOnce);
  }
}
