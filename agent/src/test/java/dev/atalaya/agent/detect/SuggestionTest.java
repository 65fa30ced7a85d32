package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.Suggesters;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSite.Library;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationFamily;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SuggestionTest {
  private static final Operation ORDERS = select("SELECT * FROM orders", "orders");
  private static final Operation LINES =
      select("SELECT l.id FROM order_lines l WHERE l.order_id = ?", "order_lines");
  private static final String PROXY = "jdk.proxy2.$Proxy101.";

  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, suggest(Kind.N_PLUS_ONE, LINES, ORDERS, site, 20, 40));
  }

  static Stream<Arguments> reads() {
    Library orm = Library.HIBERNATE;
    Library lazy = Library.HIBERNATE_LAZY;
    Library eager = Library.HIBERNATE_EAGER;
    Library data = Library.SPRING_DATA;
    return Stream.of(
        of(
            "a lazy collection of whose query nothing is known",
            site("org.hibernate.collection.spi.PersistentBag.size", "shop.Order.lines", orm, lazy),
            "Load Order.lines of many at once: @BatchSize(size = 100) on it, or"
                + " hibernate.default_batch_fetch_size = 100; or fetch it by the query (JOIN FETCH,"
                + " @EntityGraph), by its path from the entity that the query returns."),
        of(
            "a lazy collection in a nested class's embeddable, below a repository",
            site(PROXY + "findAll", "shop.Model$Order.details.lines", orm, lazy, data),
            "Load Order.details.lines of many at once: @BatchSize(size = 100) on it, or"
                + " hibernate.default_batch_fetch_size = 100; or fetch it by the query (JOIN FETCH,"
                + " @EntityGraph), by its path from the entity that the query returns."),
        of(
            "a lazy proxy",
            site("shop.Customer$HibernateProxy.getName", "shop.Customer", orm, lazy),
            "Load Customer for many at once: @BatchSize(size = 100) on class Customer, or"
                + " hibernate.default_batch_fetch_size = 100; or LEFT JOIN FETCH the association in"
                + " the query that reads orders."),
        of(
            "something lazy",
            site(null, null, orm, lazy),
            "A lazy association is read by a select of its own each time: set"
                + " hibernate.default_batch_fetch_size = 100, or name it in the query: LEFT JOIN"
                + " FETCH or @EntityGraph."),
        of(
            "an eager association",
            site(PROXY + "findAll", "shop.Order.customer", orm, eager, data),
            "Order.customer is EAGER and read by a select of its own each time: set"
                + " hibernate.default_batch_fetch_size = 100, or @BatchSize(size = 100) on the"
                + " class of Order.customer."),
        of(
            "an eager association, in a field of GraphQL that reads its owners",
            site(PROXY + "findAll", "shop.Order.customer", orm, eager, data, Library.GRAPHQL),
            "Order.customer is EAGER and read by a select of its own each time: set"
                + " hibernate.default_batch_fetch_size = 100, or @BatchSize(size = 100) on the"
                + " class of Order.customer."),
        of(
            "an eager association of an element",
            site(null, "shop.Order.lines.{element}.product", orm, eager),
            "Order.lines.product is EAGER and read by a select of its own each time: set"
                + " hibernate.default_batch_fetch_size = 100, or @BatchSize(size = 100) on the"
                + " class of Order.lines.product."),
        of(
            "something eager",
            site(null, null, orm, eager),
            "An EAGER association is read by a select of its own each time: set"
                + " hibernate.default_batch_fetch_size = 100, or name it in the query: LEFT JOIN"
                + " FETCH or @EntityGraph."),
        of(
            "findById",
            site(PROXY + "findById", null, orm, data),
            "Collect the ids and call findAllById(ids) once instead of findById 20 times."),
        of(
            "a derived query",
            site(PROXY + "findByOrderId", null, orm, data),
            "Call one query method with In and a Collection such as findByOrderIdIn(Collection),"
                + " or a join with orders, instead of findByOrderId 20 times."),
        of(
            "a derived query of two properties",
            site(PROXY + "findByOrderAndKind", null, orm, data),
            "Call one query method with In and a Collection, or a join with orders, instead of"
                + " findByOrderAndKind 20 times."),
        of(
            "a query of one's own",
            site(PROXY + "linesOf", null, data, Library.JDBC_TEMPLATE),
            "Call one query method with In and a Collection, or a join with orders, instead of"
                + " linesOf 20 times."),
        of(
            "aggregates of Spring Data JDBC",
            site(PROXY + "findAll", null, data, Library.JDBC_TEMPLATE),
            "findAll reads one row's children after the other: write the query with a join, or read"
                + " the children by one statement with WHERE order_id IN (...)."),
        of(
            "an entity manager's find",
            site(PROXY + "find", null, orm),
            "Read them in one query, with IN (:values) on order_id, or by byMultipleIds of"
                + " Hibernate's session."),
        of(
            "a query of Hibernate's",
            site("org.hibernate.query.Query.list", null, orm),
            "Read them in one query, with IN (:values) on order_id, or a join with orders."),
        of(
            "JdbcTemplate",
            site("org.springframework.jdbc.core.JdbcTemplate.query", null, Library.JDBC_TEMPLATE),
            "Read them in one statement: WHERE order_id IN (:values) by NamedParameterJdbcTemplate,"
                + " or a join with orders."),
        of(
            "MyBatis",
            site(PROXY + "linesOf", null, Library.MYBATIS),
            "Make one select of the loop, with foreach in WHERE order_id IN (...), or a join with"
                + " orders."),
        of(
            "MyBatis, a nested select",
            site(PROXY + "orders", null, Library.MYBATIS, Library.MYBATIS_NESTED),
            "Of the nested select make a nested result map, with a join with orders."),
        of(
            "a field of GraphQL",
            site(null, null, Library.GRAPHQL, Library.JDBC_TEMPLATE),
            "Resolve the field by a DataLoader: it collects the keys of one level and reads them by"
                + " one statement with WHERE order_id IN (...)."),
        of(
            "a field of Spring for GraphQL",
            site(null, null, Library.GRAPHQL, Library.SPRING_GRAPHQL, Library.JDBC_TEMPLATE),
            "Resolve the field by @BatchMapping: it is given the parents of one level, to read all"
                + " by one statement with WHERE order_id IN (...)."),
        of(
            "jOOQ",
            site("org.jooq.impl.AbstractResultQuery.fetch", null, Library.JOOQ),
            "Fetch them in one query: in(values) on order_id, or nested by multiset(...)."),
        of(
            "JDBC",
            site(null, null),
            "Read them in one statement: WHERE order_id = ANY(?), or a join with orders."));
  }

  @Test
  void other_databases_have_no_arrays() {
    Operation lines = sql("mysql", "SELECT", "SELECT * FROM t WHERE a = ?", "t", SqlText.Kind.READ);
    assertEquals(
        "Read them in one statement: WHERE a IN (...).",
        suggest(Kind.N_PLUS_ONE, lines, null, null, 20, 40));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, suggest(Kind.N_PLUS_ONE_WRITE, operation, null, site, 20, 40));
  }

  static Stream<Arguments> writes() {
    CallSite save = site(PROXY + "save", null, Library.HIBERNATE, Library.SPRING_DATA);
    CallSite flush = site(PROXY + "flush", null, Library.HIBERNATE);
    CallSite identity = site(PROXY + "save", null, Library.HIBERNATE, Library.HIBERNATE_IDENTITY);
    String prevent =
        "IDENTITY ids cannot be batched, as an id is known only once its row is there: ";
    return Stream.of(
        arguments(
            write("postgresql", "INSERT"),
            null,
            "Send the rows as a batch: addBatch and executeBatch, with reWriteBatchedInserts=true"
                + " in the JDBC URL."),
        arguments(
            write("mysql", "UPDATE"),
            site("a.JdbcTemplate.update", null, Library.JDBC_TEMPLATE),
            "Send the rows as a batch: JdbcTemplate.batchUpdate, with"
                + " rewriteBatchedStatements=true in the JDBC URL."),
        arguments(
            write("mariadb", "INSERT"),
            site(PROXY + "insert", null, Library.MYBATIS),
            "Send the rows as a batch: ExecutorType.BATCH, or foreach, with"
                + " rewriteBatchedStatements=true in the JDBC URL."),
        arguments(
            write("h2database", "UPDATE"),
            site("org.jooq.impl.X.execute", null, Library.JOOQ),
            "Send the rows as a batch: DSLContext.batch."),
        arguments(
            sql("postgresql", "DELETE", "DELETE FROM t WHERE id = ?", "t", SqlText.Kind.WRITE),
            null,
            "Send the rows as a batch: addBatch and executeBatch, or one DELETE with id IN (...)."),
        arguments(
            write("postgresql", "INSERT"),
            save,
            "Call saveAll once, and set hibernate.jdbc.batch_size = 50 and hibernate.order_inserts"
                + " = true, with reWriteBatchedInserts=true in the JDBC URL."),
        arguments(
            write("mysql", "INSERT"),
            flush,
            "Set hibernate.jdbc.batch_size = 50 and hibernate.order_inserts = true, with"
                + " rewriteBatchedStatements=true in the JDBC URL."),
        arguments(
            write("postgresql", "INSERT"),
            identity,
            prevent
                + "make it GenerationType.SEQUENCE with allocationSize = 50, then set"
                + " hibernate.jdbc.batch_size = 50 and hibernate.order_inserts = true, with"
                + " reWriteBatchedInserts=true in the JDBC URL."),
        arguments(
            write("mysql", "INSERT"),
            identity,
            prevent
                + "assign ids before, as UUIDs or from a table of numbers, then set"
                + " hibernate.jdbc.batch_size = 50 and hibernate.order_inserts = true, with"
                + " rewriteBatchedStatements=true in the JDBC URL."),
        arguments(
            write("postgresql", "UPDATE"),
            flush,
            "Set hibernate.jdbc.batch_size = 50 and hibernate.order_updates = true."),
        arguments(
            write("postgresql", "DELETE"),
            flush,
            "Delete them by one query with IN (:ids); where that cannot be, set"
                + " hibernate.jdbc.batch_size = 50."));
  }

  @ParameterizedTest
  @MethodSource
  void redis(String text, Library client, String suggestion) {
    Operation command = redis(text);
    CallSite site = client == null ? null : site("x.Y.z", null, client);
    assertEquals(suggestion, suggest(Kind.N_PLUS_ONE_CACHE, command, null, site, 40, 12.4));
  }

  static Stream<Arguments> redis() {
    String slots = " On a cluster, one for each slot.";
    return Stream.of(
        arguments(
            "GET user:{}:cart",
            null,
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms." + slots),
        arguments(
            "GET user:{}",
            Library.SPRING_REDIS,
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms:"
                + " opsForValue().multiGet(keys)."
                + slots),
        arguments(
            "GET user:{}",
            Library.LETTUCE,
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms: mget(keys)." + slots),
        arguments(
            "HGET prices",
            Library.JEDIS,
            "One HMGET instead of 40 HGETs saves 39 round trips, about 12 ms: hmget(key,"
                + " fields)."),
        arguments(
            "HGET user:{}",
            Library.JEDIS,
            "One pipeline instead of 40 HGETs saves 39 round trips, about 12 ms: pipelined()."),
        arguments(
            "HGETALL user:{}",
            Library.LETTUCE,
            "One pipeline instead of 40 HGETALL calls saves 39 round trips, about 12 ms: async()"
                + " between setAutoFlushCommands(false) and flushCommands()."),
        arguments(
            "ZRANGE board:{}",
            Library.SPRING_REDIS,
            "One pipeline instead of 40 ZRANGE calls saves 39 round trips, about 12 ms:"
                + " executePipelined."),
        arguments(
            "SET user:{}",
            Library.JEDIS,
            "One MSET instead of 40 SETs saves 39 round trips, about 12 ms: mset(keysAndValues). With an expiry,"
                + " a pipeline."
                + slots),
        arguments(
            "DEL user:{}",
            Library.SPRING_REDIS,
            "One DEL of many keys instead of 40 DEL calls saves 39 round trips, about 12 ms:"
                + " delete(keys)."
                + slots),
        arguments(
            "SADD online",
            Library.LETTUCE,
            "One SADD of many members instead of 40 SADD calls saves 39 round trips, about 12 ms:"
                + " sadd(key, members)."),
        arguments(
            "ZSCORE board",
            Library.JEDIS,
            "One ZMSCORE instead of 40 ZSCORE calls saves 39 round trips, about 12 ms:"
                + " zmscore(key, members)."),
        arguments(
            "SISMEMBER online",
            Library.SPRING_REDIS,
            "One SMISMEMBER instead of 40 SISMEMBER calls saves 39 round trips, about 12 ms:"
                + " opsForSet().isMember(key, members.toArray())."),
        arguments(
            "SADD online",
            null,
            "One SADD of many members instead of 40 SADD calls saves 39 round trips, about 12"
                + " ms."));
  }

  @Test
  void time_that_is_not_known_is_not_told() {
    for (double none : new double[] {0, -1, Double.NaN}) {
      String suggestion =
          suggest(Kind.N_PLUS_ONE_CACHE, redis("HGET prices"), null, null, 40, none);
      assertEquals("One HMGET instead of 40 HGETs saves 39 round trips.", suggestion);
    }
  }

  @ParameterizedTest
  @MethodSource
  void others(Kind kind, Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, suggest(kind, operation, null, site, 12, 30));
  }

  static Stream<Arguments> others() {
    Operation get = http("GET", "GET http://host:80/stock/{}?size");
    Operation post = http("POST", "POST http://host:80/stock");
    CallSite find = site(PROXY + "findById", null, Library.HIBERNATE, Library.SPRING_DATA);
    return Stream.of(
        arguments(
            Kind.N_PLUS_ONE_HTTP,
            get,
            null,
            "Ask for all of them in one request, if there is a bulk endpoint beside /stock/{};"
                + " without one, cache the answers or send the requests concurrently."),
        arguments(
            Kind.N_PLUS_ONE_HTTP,
            post,
            null,
            "Ask for all of them in one request, if there is a bulk endpoint beside /stock; without"
                + " one, send the requests concurrently."),
        arguments(
            Kind.DUPLICATE_QUERY,
            LINES,
            null,
            "Read it once and keep the result for the request: pass it on, or put a cache before"
                + " it."),
        arguments(
            Kind.DUPLICATE_QUERY,
            LINES,
            find,
            "Read it once and keep it for the request: in one transaction Hibernate's session has"
                + " it, and findById asks the database no more."),
        arguments(
            Kind.DUPLICATE_QUERY,
            redis("GET config"),
            null,
            "Read it once and keep the value for the request; what seldom changes also in a cache"
                + " in the JVM."),
        arguments(
            Kind.DUPLICATE_QUERY,
            get,
            null,
            "Ask once and keep the answer for the request, or cache it as long as it may be old."),
        arguments(
            Kind.BATCH_TOO_SMALL,
            LINES,
            null,
            "Ask for more at once: collect the values, and read some 100 by each IN list."),
        arguments(
            Kind.BATCH_TOO_SMALL,
            LINES,
            site(null, "shop.Order.lines", Library.HIBERNATE, Library.HIBERNATE_LAZY),
            "Raise the batch: @BatchSize(size = 100), or hibernate.default_batch_fetch_size = 100"
                + " for all."),
        arguments(
            Kind.BATCH_TOO_SMALL,
            write("postgresql", "INSERT"),
            null,
            "Add 50 rows and more to a batch before executeBatch."),
        arguments(
            Kind.SLOW_QUERY,
            LINES,
            null,
            "Look at its plan with EXPLAIN: is there an index on order_id of order_lines?"),
        arguments(
            Kind.SLOW_QUERY,
            select(
                "SELECT * FROM a JOIN b ON a.id = b.id WHERE a.x > ? AND b.y = ? AND b.z = ?",
                null),
            null,
            "Look at its plan with EXPLAIN: is there an index on what its joins, WHERE and ORDER BY"
                + " name?"),
        arguments(
            Kind.SLOW_QUERY,
            ORDERS,
            null,
            "It reads all rows of orders: add a condition, a LIMIT, or read by pages."),
        arguments(
            Kind.SLOW_QUERY,
            write("postgresql", "UPDATE"),
            null,
            "Look at its plan with EXPLAIN: is there an index on what its joins, WHERE and ORDER BY"
                + " name of t? If so, it waits for a lock."),
        arguments(
            Kind.SLOW_QUERY,
            sql("postgresql", "COMMIT", "COMMIT", null, SqlText.Kind.TRANSACTION),
            null,
            "Look for a lock or a disk that it waits for."),
        arguments(
            Kind.SLOW_QUERY,
            sql("postgresql", "CALL", "CALL close_day()", null, SqlText.Kind.OTHER),
            null,
            "Look for a lock or a disk that it waits for, or into the procedure that it calls."),
        arguments(
            Kind.SLOW_QUERY,
            redis("KEYS *"),
            null,
            "KEYS looks at every key and blocks all clients meanwhile: use SCAN, or keep the names"
                + " in a set."),
        arguments(
            Kind.SLOW_REQUEST,
            null,
            null,
            "It called nothing that is seen here: time that no span covers is the application's"
                + " own work, or waiting for a lock."),
        arguments(
            Kind.SLOW_REQUEST,
            http("GET", "GET http://pay:80/charges/{}"),
            null,
            "Begin with GET http://pay:80/charges/{}: 30 ms in 12 calls; time that no span covers"
                + " is the application's own work, or waiting for a lock."),
        arguments(
            Kind.CHATTY,
            null,
            null,
            "12 calls for one unit of work: read what belongs together by a join or an IN list,"
                + " keep what is asked twice, and run the rest concurrently."));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatever_is_not_known_there_is_a_sentence(Kind kind) {
    Operation bare = sql("other_sql", "SELECT", "", null, SqlText.Kind.READ);
    for (Operation operation : new Operation[] {null, bare, redis(""), http("", "")}) {
      for (CallSite site :
          new CallSite[] {null, site(null, null), site("", "", Library.values())}) {
        String suggestion = suggest(kind, operation, bare, site, 0, 0);
        assertTrue(suggestion.endsWith(".") || suggestion.endsWith("?"), suggestion);
        assertFalse(suggestion.contains("null"), suggestion);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM t WHERE id = ?                         | id",
        "SELECT * FROM t WHERE t.\"order_id\"=? LIMIT ?       | order_id",
        "select * from `s`.`t` where `s`.`t`.`a` = ?          | a",
        "SELECT * FROM t WHERE [T].[a] = ? AND b > ?          | a",
        "SELECT * FROM t WHERE a = ? AND b = ?                |",
        "SELECT * FROM t WHERE a >= ?                         |",
        "SELECT * FROM t WHERE lower(a) = ?                   |",
        "SELECT * FROM t WHERE a = b                          |",
        "UPDATE t SET a = ? WHERE id = ?                      | id",
        "UPDATE t SET a = ?                                   |",
        "''                                                   |",
      })
  void a_column_is_named_where_there_is_one(String sql, String column) {
    if (column == null) assertNull(Columns.equal(sql));
    else assertEquals(column, Columns.equal(sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT name FROM t WHERE id = ?              | SELECT id, name FROM t WHERE id IN (:v)",
        "select t.a from t where t.b=? order by t.a   | select t.b, t.a from t where t.b IN (:v)"
            + " order by t.a",
        "SELECT DISTINCT a FROM t WHERE b = ?         | SELECT DISTINCT b, a FROM t WHERE b IN"
            + " (:v)",
        "SELECT b, a FROM t WHERE b = ? AND a > b     | SELECT b, a FROM t WHERE b IN (:v) AND a >"
            + " b",
        "SELECT * FROM t WHERE b = ?                  | SELECT * FROM t WHERE b IN (:v)",
        "SELECT count(*) FROM t WHERE b = ?           | SELECT b, count(*) FROM t WHERE b IN (:v)"
            + " GROUP BY b",
        "SELECT count(*) FROM t WHERE b = ? GROUP BY c  |",
        "SELECT a FROM t WHERE b = ? LIMIT ?            |",
        "SELECT a FROM t WHERE b = ? LIMIT 1            |",
        "SELECT a FROM t WHERE b = ? AND c > ?          |",
        "SELECT a FROM t WHERE b = (SELECT max(c) FROM u WHERE d = ?) |",
        "SELECT a FROM t WHERE b = cast(? as int)       |",
        "UPDATE t SET a = b WHERE c = ?                 |",
      })
  void a_statement_by_one_value_is_rewritten_for_many(String sql, String many) {
    assertEquals(many, InList.of(select(sql, "t"), "(:v)"));
  }

  private static String suggest(
      Kind kind, Operation operation, Operation cause, CallSite site, int count, double wasted) {
    if (kind == Kind.SLOW_REQUEST) return Suggestion.slowRequest(operation, site, count, wasted);
    if (kind == Kind.CHATTY || operation == null) return Suggestion.chatty(count);
    Subject subject = new Subject(kind, operation, cause, site, count, wasted, null);
    return new Suggestions(Suggesters::all).of(subject).summary;
  }

  private static Arguments of(String name, CallSite site, String suggestion) {
    return arguments(named(name, site), suggestion);
  }

  private static Operation select(String text, String table) {
    return sql("postgresql", "SELECT", text, table, SqlText.Kind.READ);
  }

  private static Operation write(String system, String verb) {
    return sql(system, verb, verb + " t", "t", SqlText.Kind.WRITE);
  }

  private static Operation sql(
      String system, String verb, String text, String table, SqlText.Kind effect) {
    return new Operation(
        OperationFamily.SQL,
        system,
        table == null ? verb : verb + " " + table,
        text,
        verb,
        table,
        effect,
        null);
  }

  private static Operation redis(String text) {
    String verb = text.split(" ")[0];
    return new Operation(
        OperationFamily.KEY_VALUE, "redis", verb, text, verb, null, SqlText.Kind.READ, null);
  }

  private static Operation http(String method, String text) {
    return new Operation(
        OperationFamily.HTTP, "http", text, text, method, null, SqlText.Kind.OTHER, null);
  }

  private static CallSite site(String called, String loading, Library... passed) {
    int libraries = 0;
    for (Library library : passed) libraries |= 1 << library.ordinal();
    StackTraceElement frame = new StackTraceElement("shop.OrderService", "list", "F.java", 42);
    return new CallSite(new StackTraceElement[] {frame}, called, libraries, loading);
  }
}
