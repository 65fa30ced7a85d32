package dev.atalaya.agent.library.jooq;

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

class JooqSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        of(
            "jOOQ",
            site("org.jooq.impl.AbstractResultQuery.fetch", null, "jooq"),
            "Fetch them in one query: in(values) on order_id, or nested by multiset(...)."));
  }

  @ParameterizedTest
  @MethodSource
  void writes(Operation operation, CallSite site, String suggestion) {
    assertEquals(suggestion, writeEach(operation, site));
  }

  static Stream<Arguments> writes() {
    return Stream.of(
        arguments(
            write("h2database", "UPDATE"),
            site("org.jooq.impl.X.execute", null, "jooq"),
            "Send the rows as a batch: DSLContext.batch."));
  }
}
