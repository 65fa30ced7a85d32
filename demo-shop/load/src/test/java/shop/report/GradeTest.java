package shop.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import shop.load.EndpointClass;

/** The bounds of the table of targets: below target, below acceptable, above critical. */
final class GradeTest {

  @ParameterizedTest
  @CsvSource({
    "SIMPLE, 49.9, TARGET",
    "SIMPLE, 50, ACCEPTABLE",
    "SIMPLE, 99.9, ACCEPTABLE",
    "SIMPLE, 100, SLOW",
    "SIMPLE, 200, SLOW",
    "SIMPLE, 200.1, CRITICAL",
    "COMPLEX, 199, TARGET",
    "COMPLEX, 200, ACCEPTABLE",
    "COMPLEX, 500, SLOW",
    "COMPLEX, 1000, SLOW",
    "COMPLEX, 1001, CRITICAL",
    "POST, 99, TARGET",
    "POST, 100, ACCEPTABLE",
    "POST, 300, SLOW",
    "POST, 501, CRITICAL",
    "UPLOAD, 999, TARGET",
    "UPLOAD, 1000, ACCEPTABLE",
    "UPLOAD, 3000, SLOW",
    "UPLOAD, 5000, SLOW",
    "UPLOAD, 5001, CRITICAL"
  })
  void a_bound_belongs_to_what_is_slower(EndpointClass kind, double millis, Grade grade) {
    assertEquals(grade, Grade.of(kind, millis));
  }
}
