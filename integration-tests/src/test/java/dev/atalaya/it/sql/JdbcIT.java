package dev.atalaya.it.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.Metrics;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.Trace;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SQL through the oldest and newest drivers and pools. */
final class JdbcIT {
  @TempDir static Path server;

  private static EmbeddedPostgres postgres;
  private static MariaDb mariaDb;
  private static Otlp otlp;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.start();
    otlp = Otlp.http();
  }

  @AfterAll
  static void stop() throws Exception {
    otlp.close();
    postgres.close();
    if (mariaDb != null) {
      mariaDb.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h2database, com.h2database:h2:1.4.200, jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
    "h2database, com.h2database:h2:2.5.252, jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
    "hsqldb, org.hsqldb:hsqldb:2.3.4, jdbc:hsqldb:mem:shop",
    "hsqldb, org.hsqldb:hsqldb:2.7.4, jdbc:hsqldb:mem:shop",
    "derby, org.apache.derby:derby:10.14.2.0, jdbc:derby:memory:shop;create=true",
    "derby, org.apache.derby:derby:10.16.1.1+org.apache.derby:derbytools:10.16.1.1,"
        + " jdbc:derby:memory:shop;create=true",
    "sqlite, org.xerial:sqlite-jdbc:3.16.1, jdbc:sqlite:FOLDER/shop.db",
    "sqlite, org.xerial:sqlite-jdbc:3.54.1.0, jdbc:sqlite:FOLDER/shop.db",
    "postgresql, postgresql:postgresql:9.1-901-1.jdbc4, jdbc:postgresql:",
    "postgresql, org.postgresql:postgresql:42.7.14, jdbc:postgresql:",
    "mariadb, org.mariadb.jdbc:mariadb-java-client:1.5.9, jdbc:mariadb://localhost:PORT/test",
    "mariadb, org.mariadb.jdbc:mariadb-java-client:3.5.10, jdbc:mariadb://localhost:PORT/test",
    "mysql, mysql:mysql-connector-java:5.1.49, jdbc:mysql://localhost:PORT/test?useSSL=false",
    "mysql, com.mysql:mysql-connector-j:9.7.0, jdbc:mysql://localhost:PORT/test?useSSL=false",
  })
  @MatrixSource({
    "postgresql, org.postgresql:postgresql:9.3-1104-jdbc41, jdbc:postgresql:",
    "postgresql, org.postgresql:postgresql:9.4-1206-jdbc42, jdbc:postgresql:",
    "postgresql, org.postgresql:postgresql:9.4.1212, jdbc:postgresql:",
  })
  void each_driver_shows_what_was_sent(String system, String library, String address)
      throws Exception {
    String url = address.replace("FOLDER", folder.toString());
    if (system.equals("postgresql")) {
      url = postgres.getJdbcUrl("postgres", "postgres");
    } else if (system.equals("mariadb") || system.equals("mysql")) {
      if (mariaDb == null) {
        mariaDb = MariaDb.start(Files.createTempDirectory(server, "mariadb"));
      }
      url = address.replace("PORT", "" + mariaDb.port());
    }
    try (App app =
        App.main("app.JdbcApp")
            .libraries(library.split("[+]"))
            .arguments(url, "plain", user(system))
            .property("derby.stream.error.file", folder.resolve("derby.log").toString())
            .agent(otlp)
            .start()) {
      Span statement = only(app, "statement", "SELECT item");
      assertEquals(system, statement.get("db.system.name"));
      assertEquals(
          "SELECT name FROM item WHERE price < ? AND name <> ?",
          statement.text("db.query.text").replaceAll("\\s+", " "));
      assertEquals("SELECT item", statement.get("db.query.summary"));
      assertFalse(statement.error());
      if (system.equals("postgresql")) {
        assertEquals("localhost", statement.get("server.address"));
        assertEquals((long) postgres.getPort(), statement.get("server.port"));
        assertEquals("postgres", statement.get("db.namespace"));
      } else if (mariaDb != null && url.contains("" + mariaDb.port())) {
        assertEquals("localhost", statement.get("server.address"));
        assertEquals((long) mariaDb.port(), statement.get("server.port"));
        assertEquals("test", statement.get("db.namespace"));
      }
      assertEquals(
          "SELECT name FROM item WHERE price < ? AND name <> ?",
          only(app, "prepared", "SELECT item").get("db.query.text"));
      only(app, "execute", "SELECT item");
      only(app, "update", "UPDATE item");
      if (!system.equals("sqlite")) {
        call(app, "callable");
      }
      assertEquals(3L, call(app, "batch").get("db.operation.batch.size"));
      assertEquals(2L, call(app, "statement_batch").get("db.operation.batch.size"));
      if (!library.matches(".*postgresql:9[.][13].*")) { // they take the server for an old one
        only(app, "keys", "INSERT item");
      }
      if (system.equals("postgresql")) {
        call(app, "multi");
      }

      Span error = only(app, "error", "SELECT nowhere");
      assertTrue(error.error(), error::toString);
      String state = app.get("/jdbc?error").body().replace("state ", "");
      assertNotNull(error.get("error.type"), error::toString);
      if (!state.equals("null")) {
        assertEquals(state, error.get("db.response.status_code"));
      }

      List<Span> inserts = calls(app, "unique");
      assertEquals(2, inserts.size());
      assertFalse(inserts.get(0).error());
      assertTrue(inserts.get(1).error());

      List<Span> transaction = calls(app, "transaction");
      assertEquals(List.of("UPDATE item", "COMMIT"), transaction.stream().map(Span::name).toList());

      assertEquals(List.of(), calls(app, "metadata"), "what the driver does for itself");
      assertEquals(List.of(), calls(app, "nothing"));

      assertFalse(otlp.received("CANARY"), "a value left the process in a trace");
      Metrics metrics = app.metrics();
      assertFalse(metrics.text().contains("CANARY"), "a value is in a label");
      assertFalse(app.agentLines().contains("CANARY"), app.agentLines());
      assertEquals(
          2,
          metrics.value(
              "db_client_operation_duration_seconds_count",
              "db_query_summary",
              "SELECT nowhere",
              "db_system_name",
              system),
          () -> metrics.about("db_client"));
      assertEquals(
          2,
          metrics.value("db_client_response_returned_rows_count", "db_query_summary", "SELECT item")
              - metrics.value(
                  "db_client_response_returned_rows_bucket",
                  "db_query_summary",
                  "SELECT item",
                  "le",
                  "1.0"),
          () ->
              "two of the three selects returned more rows" + metrics.about("db_client_response"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hikari, com.zaxxer:HikariCP:2.4.0",
    "hikari, com.zaxxer:HikariCP:7.1.0",
    "dbcp2, org.apache.commons:commons-dbcp2:2.0",
    "dbcp2, org.apache.commons:commons-dbcp2:2.14.0",
    "tomcat, org.apache.tomcat:tomcat-jdbc:7.0.109",
    "tomcat, org.apache.tomcat:tomcat-jdbc:11.0.27",
    "c3p0, com.mchange:c3p0:0.9.5.5",
    "c3p0, com.mchange:c3p0:0.14.1",
    "p6spy, p6spy:p6spy:3.0.0",
    "p6spy, p6spy:p6spy:3.9.1",
    "datasource-proxy, net.ttddyy:datasource-proxy:1.4",
    "datasource-proxy, net.ttddyy:datasource-proxy:1.11.0",
  })
  void a_statement_is_one_span_through_any_pool_or_wrapper(String pool, String library) {
    try (App app =
        App.main("app.JdbcApp")
            .libraries(library, "com.h2database:h2:2.5.252")
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", pool, "sa")
            .property("p6spy.config.appender", "com.p6spy.engine.spy.appender.StdoutLogger")
            .agent(otlp)
            .start()) {
      Span statement = only(app, "statement", "SELECT item");
      assertEquals("h2database", statement.get("db.system.name"));
      only(app, "prepared", "SELECT item");
      only(app, "update", "UPDATE item");
      only(app, "keys", "INSERT item");
      assertEquals(3L, call(app, "batch").get("db.operation.batch.size"));
      assertEquals(List.of(), calls(app, "nothing"), "borrowing a connection");
      Metrics metrics = app.metrics();
      assertEquals(
          0,
          metrics.of("db_client_operation_duration_seconds_count").stream()
              .filter(sample -> sample.labels().toString().contains("VALUES"))
              .count(),
          "a validation query is not the application's");
      if (List.of("hikari", "dbcp2", "tomcat").contains(pool)) {
        assertTrue(
            metrics.value("db_client_connection_count", "db_client_connection_state", "idle") >= 1,
            () -> metrics.about("db_client_connection"));
        assertEquals(
            3,
            metrics.value("db_client_connection_max"),
            () -> metrics.about("db_client_connection"));
      }
      if (pool.equals("hikari")) {
        assertFalse(
            metrics
                .of("db_client_connection_count", "db_client_connection_pool_name", "main")
                .isEmpty(),
            () -> metrics.about("db_client_connection"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource("com.h2database:h2:2.5.252")
  void a_statement_of_five_megabytes_costs_bounded_time_and_memory(String library) {
    try (App app =
        App.main("app.JdbcApp")
            .libraries(library)
            .arguments("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "plain")
            .agent(otlp)
            .start()) {
      Span span = call(app, "large");
      assertTrue(span.text("db.query.text").length() < 100_000, "the text is cut");
      assertFalse(otlp.received("CANARY"));
    }
  }

  private static String user(String system) {
    return switch (system) {
      case "postgresql" -> "postgres";
      case "mariadb", "mysql" -> "root";
      default -> "";
    };
  }

  private static Span only(App app, String scenario, String name) {
    Span span = call(app, scenario);
    assertEquals(name, span.name());
    return span;
  }

  private static Span call(App app, String scenario) {
    List<Span> spans = calls(app, scenario);
    assertEquals(1, spans.size(), () -> scenario + ": " + new Trace(spans));
    return spans.get(0);
  }

  /** The database spans of a request, checked to be children of its server span. */
  private static List<Span> calls(App app, String scenario) {
    App.Answer answer = app.get("/jdbc?" + scenario);
    assertEquals(200, answer.status(), answer.body());
    return otlp.trace(answer.traceId()).assertCallsInsideServer().database();
  }
}
