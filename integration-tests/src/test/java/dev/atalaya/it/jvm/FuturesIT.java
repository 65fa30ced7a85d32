package dev.atalaya.it.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.it.App;
import dev.atalaya.it.Otlp;
import dev.atalaya.it.Trace;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A request's context in the futures of libraries, whoever completes them. */
final class FuturesIT {
  @ParameterizedTest
  @CsvSource({
    "com.google.guava:guava:15.0, app.GuavaApp",
    "com.google.guava:guava:33.7.2-jre, app.GuavaApp",
  })
  void what_listens_belongs_to_the_request_that_added_it(String library, String main) {
    assertAll(library, main, List.of("transform", "callback", "decorated", "nothing"));
  }

  @ParameterizedTest
  @CsvSource({
    "org.scala-lang:scala-library:2.12.20, app.ScalaApp",
    "org.scala-lang:scala-library:2.13.18, app.ScalaApp",
  })
  void what_is_chained_belongs_to_the_request_that_chained_it(String library, String main) {
    assertAll(library, main, List.of("global", "pool", "promise", "nothing"));
  }

  private static void assertAll(String library, String main, List<String> scenarios) {
    try (Otlp otlp = Otlp.http();
        App app =
            App.main(main).libraries(library, "com.h2database:h2:2.3.232").agent(otlp).start()) {
      for (int round = 0; round < 2; round++) {
        for (String scenario : scenarios) {
          App.Answer answer = app.get("/context?" + scenario);
          assertEquals(200, answer.status(), answer.body());
          Trace trace = otlp.trace(answer.traceId()).assertCallsInsideServer();
          int queries = Integer.parseInt(answer.body());
          assertEquals(queries, trace.database().size(), () -> scenario + trace);
        }
      }
    }
  }
}
