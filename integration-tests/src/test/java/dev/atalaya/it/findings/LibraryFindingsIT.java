package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.Findings;
import dev.atalaya.it.MatrixSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops through the libraries that people write, and each library's right way, on H2. */
final class LibraryFindingsIT {
  private static final String H2 = "com.h2database:h2:2.5.252";
  private static final String ITEMS = "SELECT name FROM item WHERE order_id = ?";
  private static final String ORDERS = "SELECT id FROM orders WHERE customer_id = ?";

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "org.hibernate:hibernate-core:5.6.15.Final, false",
    "org.hibernate.orm:hibernate-core:7.4.15.Final, true",
  })
  @MatrixSource({
    "org.hibernate.orm:hibernate-core:6.2.32.Final, true",
    "org.hibernate.orm:hibernate-core:6.6.13.Final, true",
  })
  void hibernate(String library, boolean jakarta) {
    try (App app =
        launch("app.HibernateApp")
            .jakarta(jakarta)
            .libraries(library, jakarta ? H2 : "com.h2database:h2:1.4.200")
            .start()) {
      for (String right :
          List.of("/join_fetch", "/batch_size", "/default_batch_size", "/batched_inserts")) {
        get(app, right);
      }
      Finding lazy =
          Findings.twice(app, "library", "/lazy")
              .has("kind", "n_plus_one")
              .has("operation.execution", "sequential", "cause.rows_typical", 20)
              .counts(20)
              .distinct(1)
              .calledFrom("app.HibernateApp.lazy", "lazy")
              .severity("warning", "critical")
              .confidence(0.85, 1);
      assertMatches(
          "select .* from Line \\w+ where \\w+\\.customer_id=\\?", lazy, "operation.text");
      assertMatches("SELECT Line", lazy, "operation.summary");
      assertMatches("select .* from Customer .* where .*", lazy, "cause.text");

      Finding eager =
          Findings.twice(app, "library", "/eager")
              .has("kind", "n_plus_one", "cause.rows_typical", 20)
              .counts(20)
              .distinct(1)
              .calledFrom("app.HibernateApp.eager", "eager");
      assertMatches("select .* from Customer .*", eager, "operation.text");
      assertMatches("select .* from Invoice .*", eager, "cause.text");

      assertSilent(app, "/join_fetch", "/batch_size", "/default_batch_size", "/batched_inserts");
      assertEquals(
          1,
          app.metrics().value("atalaya_verdicts_total", "verdict", "chunked_read"),
          "six lists of ten shelves");
      lazy.suggests("JOIN FETCH", "Customer.lines", "@BatchSize");
      eager.suggests("JOIN FETCH");

      Finding identity =
          Findings.twice(app, "library", "/identity")
              .has("kind", "n_plus_one_write", "cause", null)
              .counts(25)
              .calledFrom("app.HibernateApp.identity", "identity");
      assertMatches("insert into Note .*", identity, "operation.text");
      identity.suggests("IDENTITY");
    }
  }

  /** There a batch is fetched by one array. */
  @Test
  void hibernate_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        App app =
            launch("app.HibernateApp")
                .jakarta(true)
                .libraries(
                    "org.hibernate.orm:hibernate-core:7.4.15.Final",
                    "org.postgresql:postgresql:42.7.14")
                .arguments(postgres.getJdbcUrl("postgres", "postgres"), "postgres")
                .start()) {
      get(app, "/batch_size");
      get(app, "/batched_inserts");
      Findings.twice(app, "library", "/lazy").has("kind", "n_plus_one").counts(20);
      assertSilent(app, "/batch_size", "/batched_inserts");
      assertEquals(1, app.metrics().value("atalaya_verdicts_total", "verdict", "chunked_read"));
    }
  }

  @Test
  void spring_data_jpa() {
    try (App app =
        launch("app.SpringDataApp")
            .libraries(
                "org.springframework.data:spring-data-jpa:4.1.2",
                "org.hibernate.orm:hibernate-core:7.4.15.Final",
                H2)
            .start()) {
      get(app, "/find_all_by_id");
      Finding finding =
          Findings.twice(app, "library", "/find_by_id")
              .has("kind", "n_plus_one", "cause", null)
              .counts(20)
              .distinct(1)
              .calledFrom("app.SpringDataApp.findEach", "find by id");
      assertMatches("select .* from Product \\w+ where \\w+\\.id=\\?", finding, "operation.text");
      assertSilent(app, "/find_all_by_id");
      finding.suggests("findAllById");
    }
  }

  @Test
  void jdbc_template() {
    try (App app =
        launch("app.JdbcTemplateApp")
            .libraries("org.springframework:spring-jdbc:7.0.10", H2)
            .start()) {
      get(app, "/at_once");
      get(app, "/write_at_once");
      Finding read =
          Findings.twice(app, "library", "/each")
              .has("kind", "n_plus_one", "operation.text", ITEMS)
              .counts(20)
              .distinct(1)
              .cause(ORDERS, 20)
              .calledFrom("app.JdbcTemplateApp.each", "each");
      Finding write =
          Findings.twice(app, "library", "/write_each")
              .has("kind", "n_plus_one_write")
              .has("operation.text", "UPDATE orders SET paid = ? WHERE id = ?")
              .counts(20)
              .distinct(1)
              .cause(ORDERS, 20)
              .calledFrom("app.JdbcTemplateApp.writeEach", "write each");
      assertSilent(app, "/at_once", "/write_at_once");
      assertMatches("(?-i).*\\bIN\\b.*", read, "suggestion");
      write.suggests("batch");
    }
  }

  @Test
  void mybatis() {
    try (App app = launch("app.MyBatisApp").libraries("org.mybatis:mybatis:3.5.19", H2).start()) {
      get(app, "/at_once");
      Finding finding =
          Findings.twice(app, "library", "/each")
              .has("kind", "n_plus_one", "operation.text", ITEMS)
              .counts(20)
              .distinct(1)
              .cause(ORDERS, 20)
              .calledFrom("app.MyBatisApp.each", "each");
      assertMatches("(?-i).*(\\bIN\\b|foreach).*", finding, "suggestion");
      assertSilent(app, "/at_once");
    }
  }

  @Test
  void jooq() {
    try (App app = launch("app.JooqApp").libraries("org.jooq:jooq:3.19.39", H2).start()) {
      get(app, "/at_once");
      Findings.twice(app, "library", "/each")
          .has("kind", "n_plus_one")
          .has(
              "operation.text", "select \"NAME\" from \"ITEM\" where \"ORDER_ID\" = cast(? as int)")
          .counts(20)
          .distinct(1)
          .cause("select \"ID\" from \"ORDERS\" where \"CUSTOMER_ID\" = cast(? as int)", 20)
          .calledFrom("app.JooqApp.each", "each");
      assertSilent(app, "/at_once");
    }
  }

  private static App.Launch launch(String main) {
    return App.main(main)
        .release(17)
        .property("otel.service.name", "library")
        .nothingIsSlow()
        .agent(null);
  }

  /** Called after a finding of a later request was seen. */
  private static void assertSilent(App app, String... paths) {
    for (String path : paths) {
      assertEquals(List.of(), Findings.of(app).at("GET " + path));
    }
  }

  private static void assertMatches(String pattern, Finding finding, String path) {
    assertTrue(finding.text(path).matches("(?i)" + pattern), finding::toString);
  }

  private static void get(App app, String path) {
    App.Answer answer = app.get(path);
    assertEquals(200, answer.status(), answer.body());
  }
}
