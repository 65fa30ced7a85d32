package dev.atalaya.agent.library.mybatis;

import static dev.atalaya.agent.detect.Suggesting.PROXY;
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

class MyBatisSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        of(
            "MyBatis",
            site(PROXY + "linesOf", null, "mybatis"),
            "Make one select of the loop, with foreach in WHERE order_id IN (...), or a join with"
                + " orders."),
        of(
            "MyBatis, a nested select",
            site(PROXY + "orders", null, "mybatis", "mybatis-nested"),
            "Of the nested select make a nested result map, with a join with orders."));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, writeEach(operation, site));
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        arguments(
            write("mariadb", "INSERT"),
            site(PROXY + "insert", null, "mybatis"),
            "Send the rows as a batch: ExecutorType.BATCH, or foreach, with useBulkStmts=true in"
                + " the JDBC URL."));
  }
}
