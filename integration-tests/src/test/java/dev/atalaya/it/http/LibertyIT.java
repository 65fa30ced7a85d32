package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.ServerContract;
import dev.atalaya.it.WebArchive;
import dev.atalaya.libraries.Libraries;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Open Liberty: OSGi below, the web container and data sources its own. */
final class LibertyIT extends ServerContract {
  @Override
  public App start(Otlp otlp) throws Exception {
    Path home =
        Distribution.shared(
            "io.openliberty:openliberty-runtime:zip:26.0.0.2", name -> name.contains("/javadoc/"));
    int port = App.freePort();
    Path server = folder.resolve("servers/atalaya");
    WebArchive.shop(server.resolve("apps/shop.war"), true, null);
    WebArchive.library(server.resolve("apps/library.war"), true, "jdbc/books", null);
    Files.writeString(
        server.resolve("server.xml"),
        """
        <server>
          <featureManager>
            <feature>servlet-6.0</feature>
            <feature>jdbc-4.3</feature>
            <feature>jndi-1.0</feature>
          </featureManager>
          <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d"/>
          <dataSource jndiName="jdbc/books">
            <jdbcDriver libraryRef="h2" javax.sql.DataSource="org.h2.jdbcx.JdbcDataSource"/>
            <properties URL="jdbc:h2:mem:books;DB_CLOSE_DELAY=-1"/>
          </dataSource>
          <library id="h2"><file name="%s"/></library>
          <webApplication location="shop.war"/>
          <webApplication location="library.war"/>
        </server>
        """
            .formatted(port, Libraries.file(H2)));
    Path tools = home.resolve("bin/tools");
    return App.jar(tools.resolve("ws-server.jar"))
        .jvmArguments(options(home.resolve("lib/platform/java/java9.options")))
        .jvmArguments("-javaagent:" + tools.resolve("ws-javaagent.jar"))
        .environment("WLP_USER_DIR", folder.toString())
        .agent(otlp)
        .arguments("atalaya")
        .port(port)
        .ready("CWWKF0011I", Duration.ofSeconds(120))
        .start();
  }

  /** What its launcher gives a JVM. */
  private static String[] options(Path file) throws Exception {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank() && !line.startsWith("#")).toArray(String[]::new);
    }
  }

  @Test
  void a_request_that_is_upgraded_to_http_2_is_one_span() {
    String traceId = App.hex(16);
    HttpResponse<String> response =
        app.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + app.port() + BOOKS))
                .version(HttpClient.Version.HTTP_2)
                .header("traceparent", "00-" + traceId + "-" + App.hex(8) + "-01")
                .build());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    assertBooks(new App.Answer(traceId, response));
  }
}
