package dev.atalaya.agent.library.springjdbc;

import static dev.atalaya.agent.detect.Suggesting.of;
import static dev.atalaya.agent.detect.Suggesting.readEach;
import static dev.atalaya.agent.detect.Suggesting.site;
import static dev.atalaya.agent.detect.Suggesting.write;
import static dev.atalaya.agent.detect.Suggesting.writeEach;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.detect.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JdbcTemplateSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        of(
            "JdbcTemplate",
            site("org.springframework.jdbc.core.JdbcTemplate.query", null, "jdbc-template"),
            "Read them in one statement: WHERE order_id IN (:values) by NamedParameterJdbcTemplate,"
                + " or a join with orders."));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, writeEach(operation, site));
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        arguments(
            write("mysql", "UPDATE"),
            site("a.JdbcTemplate.update", null, "jdbc-template"),
            "Send the rows as a batch: JdbcTemplate.batchUpdate, with"
                + " rewriteBatchedStatements=true in the JDBC URL."));
  }
}
