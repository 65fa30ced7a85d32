package dev.atalaya.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Span;
import dev.atalaya.it.WaysToEnd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GraphQL Java, behind a server of another kind. */
final class GraphQlIT {
  @ParameterizedTest
  @ValueSource(
      strings = {"com.graphql-java:graphql-java:17.6", "com.graphql-java:graphql-java:25.1"})
  void a_request_has_the_operations_name_and_type(String library) {
    try (Otlp otlp = Otlp.http();
        App app = App.main("app.GraphQlOperationsApp").libraries(library).agent(otlp).start()) {
      Span named = WaysToEnd.span(otlp, app, "/named", 200);
      assertEquals("Names", named.get("graphql.operation.name"), named::toString);
      assertEquals("query", named.get("graphql.operation.type"));
      Span mutation = WaysToEnd.span(otlp, app, "/mutation", 200);
      assertEquals("Rename", mutation.get("graphql.operation.name"));
      assertEquals("mutation", mutation.get("graphql.operation.type"));
      Span nameless = WaysToEnd.span(otlp, app, "/nameless", 200);
      assertNull(nameless.get("graphql.operation.name"));
      assertEquals("query", nameless.get("graphql.operation.type"));
      assertNull(WaysToEnd.span(otlp, app, "/invalid", 200).get("graphql.operation.type"));
    }
  }
}
