package dev.atalaya.agent.library.springdata;

import static dev.atalaya.agent.detect.Suggesting.PROXY;
import static dev.atalaya.agent.detect.Suggesting.of;
import static dev.atalaya.agent.detect.Suggesting.readEach;
import static dev.atalaya.agent.detect.Suggesting.site;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.callsite.CallSite;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpringDataSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    String orm = "hibernate";
    String data = "spring-data";
    return Stream.of(
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
            site(PROXY + "linesOf", null, data, "jdbc-template"),
            "Call one query method with In and a Collection, or a join with orders, instead of"
                + " linesOf 20 times."),
        of(
            "aggregates of Spring Data JDBC",
            site(PROXY + "findAll", null, data, "jdbc-template"),
            "findAll reads one row's children after the other: write the query with a join, or read"
                + " the children by one statement with WHERE order_id IN (...)."));
  }
}
