package dev.atalaya.agent.library.hibernate;

import static dev.atalaya.agent.detect.Suggesting.LINES;
import static dev.atalaya.agent.detect.Suggesting.PROXY;
import static dev.atalaya.agent.detect.Suggesting.of;
import static dev.atalaya.agent.detect.Suggesting.readEach;
import static dev.atalaya.agent.detect.Suggesting.redis;
import static dev.atalaya.agent.detect.Suggesting.site;
import static dev.atalaya.agent.detect.Suggesting.suggest;
import static dev.atalaya.agent.detect.Suggesting.write;
import static dev.atalaya.agent.detect.Suggesting.writeEach;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HibernateSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    String orm = "hibernate";
    String lazy = "LOADS_LAZILY";
    String eager = "LOADS_EAGERLY";
    String data = "spring-data";
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
            site(PROXY + "findAll", "shop.Order.customer", orm, eager, data, "graphql"),
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
            "an entity manager's find",
            site(PROXY + "find", null, orm),
            "Read them in one query, with IN (:values) on order_id, or by byMultipleIds of"
                + " Hibernate's session."),
        of(
            "a query of Hibernate's",
            site("org.hibernate.query.Query.list", null, orm),
            "Read them in one query, with IN (:values) on order_id, or a join with orders."));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, writeEach(operation, site));
  }

  static Stream<Arguments> writes() {
    CallSite save = site(PROXY + "save", null, "hibernate", "spring-data");
    CallSite flush = site(PROXY + "flush", null, "hibernate");
    CallSite identity = site(PROXY + "save", null, "hibernate", "hibernate-identity");
    String prevent =
        "IDENTITY ids cannot be batched, as an id is known only once its row is there: ";
    return Stream.of(
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
                + "make it GenerationType.TABLE with allocationSize = 50, then set"
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

  @Test
  void what_its_session_has_is_not_read_again() {
    CallSite find = site(PROXY + "findById", null, "hibernate", "spring-data");
    assertEquals(
        "Read it once and keep it for the request: in one transaction Hibernate's session has"
            + " it, and findById asks the database no more.",
        suggest(Kind.DUPLICATE_QUERY, LINES, null, find, 12, 30));
  }

  @Test
  void a_batch_is_raised_by_its_setting() {
    CallSite lazy = site(null, "shop.Order.lines", "hibernate", "LOADS_LAZILY");
    assertEquals(
        "Raise the batch: @BatchSize(size = 100), or hibernate.default_batch_fetch_size = 100"
            + " for all.",
        suggest(Kind.BATCH_TOO_SMALL, LINES, null, lazy, 12, 30));
  }

  @Test
  void what_a_second_level_cache_asks_redis_for_is_not_hibernates_affair() {
    CallSite find = site(PROXY + "find", null, "hibernate");
    String known = suggest(Kind.DUPLICATE_QUERY, redis("GET shop.Order"), null, find, 12, 30);
    assertTrue(known.startsWith("Read it once and keep the value for the request"), known);
  }
}
