package dev.atalaya.agent.library.graphql;

import static dev.atalaya.agent.detect.Suggesting.of;
import static dev.atalaya.agent.detect.Suggesting.readEach;
import static dev.atalaya.agent.detect.Suggesting.site;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.callsite.CallSite;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GraphQlSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void reads(CallSite site, String suggestion) {
    assertEquals(suggestion, readEach(site));
  }

  static Stream<Arguments> reads() {
    return Stream.of(
        of(
            "a field of GraphQL",
            site(null, null, "graphql", "jdbc-template"),
            "Resolve the field by a DataLoader: it collects the keys of one level and reads them by"
                + " one statement with WHERE order_id IN (...)."),
        of(
            "a field of Spring for GraphQL",
            site(null, null, "graphql", "spring-graphql", "jdbc-template"),
            "Resolve the field by @BatchMapping: it is given the parents of one level, to read all"
                + " by one statement with WHERE order_id IN (...)."));
  }
}
