package dev.atalaya.it.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.it.App;
import dev.atalaya.it.Finding;
import dev.atalaya.it.MatrixSource;
import dev.atalaya.it.memcached.MemcachedProcess;
import dev.atalaya.it.sql.MariaDb;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

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
                launch("app.FetchApp")
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
            words(
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
            words(
                "/lazy, batch, @BatchSize",
                "/bags, setting, hibernate.",
                "/paged, setting, hibernate.",
                "/eager, batch, @BatchSize",
                "/proxy, setting, hibernate.",
                "/named, list, ...with IN (:values) on",
                "/delete, query, ...by one query with IN (:ids)"))
        .mend(words("/proxy, join, ...LEFT JOIN FETCH the association in the query that"));
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
                launch("app.SpringFetchApp")
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
      remedies.mend(words("/graph, graph, @EntityGraph"));
    }
    remedies.mend(
        words(
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
        .mend(words("/jooq_nested, groups, ...fetchGroups(ORDER_ID)"))
        .mend(
            words(
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
          .mend(words("/jdbc, array, \"SELECT order_id"));
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
            () -> launch("app.BatchesApp").libraries(driver).arguments(url, user),
            "/insert",
            "/update")
        .mend(words(ways.toArray(new String[0])));
  }

  private static App.Launch rowsOn(String driver) {
    return launch("app.RowsApp")
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
            () -> launch("app.CallsApp").libraries("org.springframework:spring-jdbc:7.0.10", H2),
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
            words(
                "/bulk, bulk, ...in one request",
                "/cached, cache, ...cache the answers",
                "/posts, bulk, ...in one request",
                "/same_http, map, known.computeIfAbsent",
                "/same_sql, map, known.computeIfAbsent"))
        .ease(
            words("/concurrent, futures, keys.stream()"),
            finding ->
                finding
                    .has("operation.execution", "parallel")
                    .suggests("they are sent concurrently already"));
  }

  @Test
  void keys() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        launch("app.KeysApp")
                            .libraries(
                                "redis.clients:jedis:8.0.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/jedis",
                    "/jedis_write",
                    "/jedis_hash",
                    "/jedis_fields",
                    "/jedis_delete",
                    "/jedis_members",
                    "/jedis_scores",
                    "/jedis_same",
                    "/lettuce",
                    "/lettuce_write",
                    "/lettuce_hash",
                    "/lettuce_fields",
                    "/lettuce_put")
                .mend(
                    words(
                        "/jedis, many, jedis.mget",
                        "/jedis_write, many, jedis.mset",
                        "/jedis_hash, begin, Pipeline",
                        "/jedis_hash, end, pipeline.sync",
                        "/jedis_fields, many, jedis.hmget",
                        "/jedis_delete, many, jedis.del",
                        "/jedis_members, many, jedis.sadd",
                        "/jedis_scores, many, jedis.zmscore",
                        "/jedis_same, map, known.computeIfAbsent",
                        "/lettuce, many, commands.mget",
                        "/lettuce_write, many, commands.mset",
                        "/lettuce_hash, begin, connection.setAutoFlush",
                        "/lettuce_hash, end, connection.flushCommands",
                        "/lettuce_fields, many, commands.hmget",
                        "/lettuce_put, many, commands.hset")));
  }

  @Test
  void members() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        launch("app.MembersApp")
                            .libraries(
                                "redis.clients:jedis:8.0.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/jedis_cart",
                    "/jedis_unlink",
                    "/jedis_lpush",
                    "/jedis_rpush",
                    "/jedis_member_of",
                    "/jedis_hset",
                    "/jedis_zadd",
                    "/jedis_sets",
                    "/jedis_expiring",
                    "/lettuce_cart",
                    "/lettuce_del",
                    "/lettuce_unlink",
                    "/lettuce_sadd",
                    "/lettuce_lpush",
                    "/lettuce_rpush",
                    "/lettuce_member_of",
                    "/lettuce_scores",
                    "/lettuce_zadd")
                .mend(
                    words(
                        "/jedis_cart, many, jedis.hmget",
                        "/jedis_unlink, many, jedis.unlink",
                        "/jedis_lpush, many, jedis.lpush",
                        "/jedis_rpush, many, jedis.rpush",
                        "/jedis_member_of, many, jedis.smismember",
                        "/jedis_hset, many, jedis.hset",
                        "/jedis_zadd, many, jedis.zadd",
                        "/jedis_sets, begin, Pipeline",
                        "/jedis_sets, end, pipeline.sync",
                        "/jedis_expiring, begin, Pipeline",
                        "/jedis_expiring, end, pipeline.sync",
                        "/lettuce_cart, many, commands.hmget",
                        "/lettuce_del, many, commands.del",
                        "/lettuce_unlink, many, commands.unlink",
                        "/lettuce_sadd, many, commands.sadd",
                        "/lettuce_lpush, many, commands.lpush",
                        "/lettuce_rpush, many, commands.rpush",
                        "/lettuce_member_of, many, commands.smismember",
                        "/lettuce_scores, many, commands.zmscore",
                        "/lettuce_zadd, many, commands.zadd")));
  }

  @Test
  void memcached() throws Exception {
    try (MemcachedProcess memcached = MemcachedProcess.start()) {
      Remedies.of(
              () ->
                  launch("app.MemcachedLoopsApp")
                      .libraries("net.spy:spymemcached:2.12.3")
                      .arguments("" + memcached.port()),
              "/memcached_get",
              "/memcached_set")
          .mend(words("/memcached_get, many, Map<String"))
          .ease(
              words("/memcached_set, futures, ...let the client send all before the first answer"),
              found -> found.has("operation.execution", "parallel"));
    }
  }

  @Test
  void spring_keys() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        launch("app.SpringKeysApp")
                            .libraries(
                                "org.springframework.data:spring-data-redis:4.1.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/get",
                    "/set",
                    "/fields",
                    "/put",
                    "/delete",
                    "/members",
                    "/member_of",
                    "/push",
                    "/unlink",
                    "/push_left",
                    "/scores",
                    "/rank",
                    "/one_cart",
                    "/hashes")
                .mend(
                    words(
                        "/get, many, redisTemplate.opsForValue().multiGet",
                        "/set, many, redisTemplate.opsForValue().multiSet",
                        "/fields, many, redisTemplate.opsForHash().multiGet",
                        "/put, many, redisTemplate.opsForHash().putAll",
                        "/delete, many, redisTemplate.delete",
                        "/members, many, redisTemplate.opsForSet().add",
                        "/member_of, many, redisTemplate.opsForSet().isMember",
                        "/push, many, redisTemplate.opsForList().rightPushAll",
                        "/unlink, many, redisTemplate.unlink",
                        "/push_left, many, redisTemplate.opsForList().leftPushAll",
                        "/scores, many, redisTemplate.opsForZSet().score",
                        "/rank, many, redisTemplate.opsForZSet().add",
                        "/one_cart, many, redisTemplate.opsForHash().multiGet",
                        "/hashes, begin, List<Object> answers",
                        "/hashes, end, return null",
                        "/hashes, flush, connectionFactory.")));
  }

  @Test
  void graphql() {
    Remedies remedies =
        Remedies.of(
            () ->
                launch("app.GraphQlApp")
                    .libraries(
                        "com.graphql-java:graphql-java:25.0",
                        "org.springframework:spring-jdbc:7.0.10",
                        H2),
            "/author",
            "/tags",
            "/names");
    remedies
        .at("/author")
        .has("kind", "n_plus_one")
        .has("fix.where", "the field's DataFetcher, which is or calls GraphQlApp.rows")
        .counts(12)
        .cause("SELECT id, title, author_id FROM article ORDER BY id", 12)
        .suggests("DataLoader");
    remedies.at("/tags").has("kind", "n_plus_one").suggests("DataLoader");
    remedies.mend(
        words(
            "/author, load, environment",
            "/author, loader, DataLoaderFactory",
            "/names, list, new NamedParameterJdbcTemplate"));
  }

  @Test
  void spring_graphql() {
    Remedies remedies =
        Remedies.of(
            () ->
                launch("app.SpringGraphQlApp")
                    .libraries(
                        "org.springframework.graphql:spring-graphql:2.0.6",
                        "org.springframework:spring-web:7.0.10",
                        "org.springframework:spring-jdbc:7.0.10",
                        H2),
            "/author",
            "/tags",
            "/names");
    remedies
        .at("/author")
        .has("kind", "n_plus_one", "call_site.function", "app.SpringGraphQlApp$Blog.author")
        .cause("SELECT id, title, author_id FROM article ORDER BY id", 12)
        .suggests("Resolve the field by @BatchMapping");
    remedies.mend(
        words(
            "/author, batch, @BatchMapping",
            "/tags, batch, @BatchMapping",
            "/names, list, new NamedParameterJdbcTemplate"));
  }

  @Test
  void graphql_over_hibernate() {
    Remedies remedies =
        Remedies.of(
            () ->
                launch("app.GraphQlHibernateApp")
                    .jakarta(true)
                    .libraries(
                        "com.graphql-java:graphql-java:25.0",
                        "org.hibernate.orm:hibernate-core:7.4.15.Final",
                        H2),
            "/shelves",
            "/authors",
            "/counts");
    remedies.at("/shelves").suggests("for many fields at once: by a DataLoader");
    remedies.at("/authors").suggests("for many fields at once: by a DataLoader");
    remedies
        .mend(
            words(
                "/shelves, loader, ...by a DataLoader",
                "/authors, setting, hibernate.",
                "/counts, query, select"))
        .mend(words("/shelves, batch, @BatchSize", "/authors, batch, @BatchSize"))
        .mend(words("/shelves, setting, hibernate."));
  }

  private static void withRedis(Consumer<String> test) throws Exception {
    RedisServer redis =
        RedisServer.newRedisServer().port(App.freePort()).setting("save ''").build();
    redis.start();
    try {
      test.accept("" + redis.ports().get(0));
    } finally {
      redis.stop();
    }
  }

  private static App.Launch launch(String main) {
    return App.main(main)
        .release(17)
        .property("otel.service.name", "remedies")
        .property("atalaya.slow.request.threshold", "1m") // a first request is slow by itself
        .agent(null);
  }

  private static void assertCode(String beginning, Finding finding) {
    assertTrue(finding.text("fix.code").startsWith(beginning), finding::toString);
    assertEquals(0, finding.text("fix.text").indexOf(finding.text("suggestion")));
  }

  private static String[] words(String... lines) {
    return String.join(", ", lines).split(", ");
  }
}
