package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.sql.MariaDb;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every suggestion is done, and helps: the code of a finding is put into the source and run. */
final class RemediesIT {
  private static final String H2 = "com.h2database:h2:2.5.252";

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "org.hibernate:hibernate-core:5.6.15.Final, false",
    "org.hibernate.orm:hibernate-core:7.4.15.Final, true",
  })
  @MatrixSource("org.hibernate.orm:hibernate-core:6.6.13.Final, true")
  void hibernate(String library, boolean jakarta) {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.FetchApp")
                    .jakarta(jakarta)
                    .libraries(library, jakarta ? H2 : "com.h2database:h2:1.4.200"),
            "/lazy",
            "/nested",
            "/one",
            "/bags",
            "/paged",
            "/leads_on",
            "/eager",
            "/proxy",
            "/unique",
            "/identity",
            "/update",
            "/find",
            "/named",
            "/delete",
            "/small_writes",
            "/small_reads",
            "/insert");
    if (jakarta) {
      assertCode("@EntityGraph(attributePaths = \"books\", type =", remedies.at("/lazy"));
      assertCode("@EntityGraph(attributePaths = \"books.chapters\"", remedies.at("/nested"));
      assertCode("@EntityGraph(attributePaths = \"books.chapters\"", remedies.at("/one"));
      assertCode("@EntityGraph(attributePaths = \"profile\", type =", remedies.at("/unique"));
    } else {
      assertCode("select distinct a from Author a left join fetch a.books", remedies.at("/lazy"));
    }
    assertCode("@BatchSize(size = 100)", remedies.at("/bags"));
    assertCode("@BatchSize(size = 100)", remedies.at("/paged"));
    assertCode("hibernate.default_batch_fetch_size=100", remedies.at("/eager"));
    assertCode("@BatchSize(size = 100)", remedies.at("/proxy"));
    remedies.at("/eager").suggests("class Publisher").has("fix.or.0.where", "class Publisher");
    remedies.at("/bags").suggests("MultipleBagFetchException");
    remedies.at("/leads_on").suggests("EAGER");
    remedies.at("/paged").suggests("in memory");
    remedies
        .mend(
            Remedies.words(
                "/lazy, query, select",
                "/nested, query, select",
                "/one, query, select",
                "/bags, batch, @BatchSize",
                "/paged, batch, @BatchSize",
                "/leads_on, batch, @BatchSize",
                "/eager, setting, hibernate.",
                "/proxy, batch, @BatchSize",
                "/unique, query, select",
                "/identity, id, @GeneratedValue",
                "/identity, setting, hibernate.",
                "/update, setting, hibernate.",
                "/find, ids, entityManager.",
                "/delete, setting, hibernate.",
                "/small_writes, setting, hibernate.",
                "/small_reads, setting, hibernate.",
                "/insert, setting, hibernate."))
        .mend(
            Remedies.words(
                "/lazy, batch, @BatchSize",
                "/bags, setting, hibernate.",
                "/paged, setting, hibernate.",
                "/eager, batch, @BatchSize",
                "/proxy, setting, hibernate.",
                "/named, list, ...with IN (:values) on",
                "/delete, query, ...by one query with IN (:ids)"))
        .mend(Remedies.words("/proxy, join, ...LEFT JOIN FETCH the association in the query that"));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "2.7.18, org.hibernate:hibernate-core:5.6.15.Final, false",
    "4.1.2, org.hibernate.orm:hibernate-core:7.4.15.Final, true",
  })
  @MatrixSource("3.4.5, org.hibernate.orm:hibernate-core:6.6.13.Final, true")
  void spring_data(String version, String hibernate, boolean jakarta) {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.SpringFetchApp")
                    .jakarta(jakarta)
                    .libraries(
                        "org.springframework.data:spring-data-jpa:" + version,
                        hibernate,
                        jakarta ? H2 : "com.h2database:h2:1.4.200"),
            "/graph",
            "/page",
            "/by_id",
            "/derived",
            "/own_query",
            "/remove",
            "/save",
            "/same");
    remedies.at("/page").suggests("in memory");
    if (jakarta) {
      assertCode(
          "@EntityGraph(attributePaths = \"orders.lines\","
              + " type = EntityGraph.EntityGraphType.LOAD)",
          remedies.at("/graph"));
      remedies.mend(Remedies.words("/graph, graph, @EntityGraph"));
    }
    remedies.mend(
        Remedies.words(
            "/graph, query, select",
            "/page, batch, @BatchSize",
            "/by_id, map, repository.findAllById",
            "/derived, in, findByNumberIn",
            "/own_query, in, ...one query method with In and a Collection",
            "/remove, batch, ...by deleteAllInBatch",
            "/save, id, @GeneratedValue",
            "/save, setting, hibernate.",
            "/same, transaction, @Transactional"));
  }

  @Test
  void rows() {
    Remedies.of(
            () -> rowsOn(H2),
            "/jdbc",
            "/jdbc_write",
            "/template",
            "/template_count",
            "/template_write",
            "/mybatis",
            "/mybatis_xml",
            "/mybatis_nested",
            "/mybatis_nested_xml",
            "/mybatis_write",
            "/jooq",
            "/jooq_write",
            "/jooq_nested",
            "/jdbc_join",
            "/jdbc_delete",
            "/small_writes",
            "/small_reads",
            "/mybatis_insert")
        .mend(Remedies.words("/jooq_nested, groups, ...fetchGroups(ORDER_ID)"))
        .mend(
            Remedies.words(
                "/jdbc, list, \"SELECT order_id",
                "/jdbc_write, add, statement.addBatch",
                "/jdbc_write, execute, statement.executeBatch",
                "/template, named, new NamedParameterJdbcTemplate",
                "/template_count, named, new NamedParameterJdbcTemplate",
                "/template_write, batch, jdbcTemplate.batchUpdate",
                "/mybatis, select, @Select",
                "/mybatis_xml, foreach, SELECT",
                "/mybatis_nested, map, resultMap = ",
                "/mybatis_nested_xml, map, resultMap=",
                "/mybatis_write, executor, sqlSessionFactory",
                "/jooq, list, ITEM.",
                "/jooq_write, batch, dsl.batch",
                "/jooq_nested, multiset, ...nested by multiset",
                "/jdbc_join, join, ...or a join with orders",
                "/jdbc_delete, list, ...one DELETE with id IN (",
                "/small_writes, size, ...50 rows and more",
                "/small_reads, size, ...some 100 by each IN list",
                "/mybatis_insert, foreach, ...or foreach"));
  }

  /** There a list of values is one array. */
  @Test
  void rows_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String url = postgres.getJdbcUrl("postgres", "postgres");
      Remedies.of(
              () -> rowsOn("org.postgresql:postgresql:42.7.14").property("rows.url", url), "/jdbc")
          .mend(Remedies.words("/jdbc, array, \"SELECT order_id"));
    }
  }

  @Test
  void batches_on_postgresql() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      batches(
          "org.postgresql:postgresql:42.7.14",
          postgres.getJdbcUrl("postgres", "postgres"),
          "postgres",
          "/insert, url, reWriteBatchedInserts");
    }
  }

  @Test
  void batches_on_mariadb() throws Exception {
    try (MariaDb server = MariaDb.start(folder)) {
      String address = "://localhost:" + server.port() + "/test";
      batches(
          "com.mysql:mysql-connector-j:9.7.0",
          "jdbc:mysql" + address + "?useSSL=false",
          "root",
          "/insert, url, rewriteBatchedStatements",
          "/update, url, rewriteBatchedStatements");
      batches(
          "org.mariadb.jdbc:mariadb-java-client:3.5.10",
          "jdbc:mariadb" + address,
          "root",
          "/insert, url, useBulkStmts",
          "/update, url, useBulkStmts");
    }
  }

  @Test
  void ids_on_a_database_without_sequences() throws Exception {
    try (MariaDb server = MariaDb.start(folder)) {
      String url = "jdbc:mysql://localhost:" + server.port() + "/test?useSSL=false";
      Remedies.of(
              () ->
                  Remedies.launch("app.FetchApp")
                      .jakarta(true)
                      .libraries(
                          "org.hibernate.orm:hibernate-core:7.4.15.Final",
                          "com.mysql:mysql-connector-j:9.7.0")
                      // The driver asks MySQL's own tables for words that MariaDB has not there.
                      .property("hibernate.boot.allow_jdbc_metadata_access", "false")
                      .property("hibernate.dialect", "org.hibernate.dialect.MySQLDialect")
                      .arguments(url, "root"),
              "/identity")
          .mend(
              Remedies.words(
                  "/identity, id, @GeneratedValue(strategy = GenerationType.TABLE",
                  "/identity, setting, hibernate."));
    }
  }

  private static void batches(String driver, String url, String user, String... options) {
    List<String> ways =
        new ArrayList<>(
            List.of(
                "/insert, add, statement.addBatch",
                "/insert, execute, statement.executeBatch",
                "/update, add, statement.addBatch",
                "/update, execute, statement.executeBatch"));
    ways.addAll(List.of(options));
    Remedies.of(
            () -> Remedies.launch("app.BatchesApp").libraries(driver).arguments(url, user),
            "/insert",
            "/update")
        .mend(Remedies.words(ways.toArray(new String[0])));
  }

  private static App.Launch rowsOn(String driver) {
    return Remedies.launch("app.RowsApp")
        .libraries(
            "org.springframework:spring-jdbc:7.0.10",
            "org.mybatis:mybatis:3.5.19",
            "org.jooq:jooq:3.19.39",
            driver);
  }

  @Test
  void calls() {
    Remedies remedies =
        Remedies.of(
            () ->
                Remedies.launch("app.CallsApp")
                    .libraries("org.springframework:spring-jdbc:7.0.10", H2),
            "/bulk",
            "/concurrent",
            "/cached",
            "/posts",
            "/same_http",
            "/same_sql");
    remedies.at("/bulk").has("kind", "n_plus_one_http", "operation.execution", "sequential");
    remedies.at("/same_http").has("kind", "duplicate_query");
    remedies.at("/same_sql").has("kind", "duplicate_query");
    remedies
        .mend(
            Remedies.words(
                "/bulk, bulk, ...in one request",
                "/cached, cache, ...cache the answers",
                "/posts, bulk, ...in one request",
                "/same_http, map, known.computeIfAbsent",
                "/same_sql, map, known.computeIfAbsent"))
        .ease(
            Remedies.words("/concurrent, futures, keys.stream()"),
            finding ->
                finding
                    .has("operation.execution", "parallel")
                    .suggests("they are sent concurrently already"));
  }

  @Test
  void remote_procedure_calls() {
    Remedies.of(
            () ->
                Remedies.launch("app.GrpcApp")
                    .libraries(
                        "io.grpc:grpc-netty:1.85.1",
                        "io.grpc:grpc-inprocess:1.85.1",
                        "io.grpc:grpc-stub:1.85.1",
                        H2)
                    .arguments("port"),
            "/loop")
        .mend(Remedies.words("/loop, many, ...in one call"));
  }

  private static void assertCode(String beginning, Finding finding) {
    assertTrue(finding.text("fix.code").startsWith(beginning), finding::toString);
    assertEquals(0, finding.text("fix.text").indexOf(finding.text("suggestion")));
  }
}
