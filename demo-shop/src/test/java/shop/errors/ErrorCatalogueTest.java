package shop.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import shop.errors.ErrorCatalogue.Group;
import shop.errors.ErrorCatalogue.Trace;

class ErrorCatalogueTest {
  private static final Instant NOON = Instant.parse("2026-06-30T12:00:00Z");

  private final ErrorCatalogue catalogue =
      new ErrorCatalogue(new TraceLinks("http://traces.example.com/{traceId}"));

  @Test
  void same_type_cause_and_line_are_one_error() {
    for (int i = 0; i < 3; i++) {
      catalogue.add(sighting(broken("order " + i), i, "GET /api/orders/" + i, ""));
    }
    catalogue.add(sighting(new UncheckedIOException("gone", new IOException()), 3, "task", ""));

    assertThat(catalogue.groups()).hasSize(2);
    Group io = catalogue.groups().get(0);
    assertThat(io.type()).isEqualTo("java.io.UncheckedIOException");
    assertThat(io.cause()).isEqualTo("java.io.IOException");
    assertThat(io.message()).isEqualTo("gone");
    Group state = catalogue.groups().get(1);
    assertThat(state.count()).isEqualTo(3);
    assertThat(state.message()).isEqualTo("order 2");
    assertThat(state.entry()).isEqualTo("GET /api/orders/2");
    assertThat(state.first()).isEqualTo(NOON);
    assertThat(state.last()).isEqualTo(NOON.plusSeconds(2));
    assertThat(state.frame())
        .matches("shop\\.errors\\.ErrorCatalogueTest\\.broken\\(ErrorCatalogueTest\\.java:\\d+\\)");
  }

  @Test
  void frame_is_of_the_shop_and_not_of_a_library_or_a_proxy() {
    RuntimeException thrown = new IllegalStateException();
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.postgresql.Driver", "connect", "Driver.java", 7),
          new StackTraceElement("shop.Till$$SpringCGLIB$$0", "pay", "<generated>", -1),
          new StackTraceElement("app", null, null, "shop.Till", "pay", "Till.java", 24),
          new StackTraceElement("shop.Door", "enter", "Door.java", 8)
        });
    catalogue.add(sighting(thrown, 0, "", ""));

    assertThat(catalogue.groups().get(0).frame()).isEqualTo("shop.Till.pay(Till.java:24)");
  }

  @Test
  void frame_of_a_cause_from_elsewhere_is_where_the_shop_met_it() {
    IOException elsewhere = new IOException();
    elsewhere.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("java.net.S", "ask", "S.java", 7)});
    RuntimeException thrown = new UncheckedIOException("No answer", elsewhere);
    catalogue.add(sighting(thrown, 0, "", ""));

    Group group = catalogue.groups().get(0);
    assertThat(group.frame()).startsWith("shop.errors.ErrorCatalogueTest.frame_of_a_cause");
    assertThat(group.message()).isEqualTo("No answer");
    assertThat(group.cause()).isEqualTo("java.io.IOException");
  }

  @Test
  void error_without_a_line_of_the_shop_has_the_first_of_all() {
    RuntimeException thrown = new IllegalStateException();
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("org.x.Y", "z", "Y.java", 1)});
    catalogue.add(sighting(thrown, 0, "", ""));
    thrown = new IllegalArgumentException();
    thrown.setStackTrace(new StackTraceElement[0]);
    catalogue.add(sighting(thrown, 1, "", ""));

    assertThat(catalogue.groups())
        .extracting(Group::frame)
        .containsExactly("", "org.x.Y.z(Y.java:1)");
  }

  @Test
  void cause_that_bites_its_tail_does_not_hang() {
    Exception first = new Exception("first");
    Exception second = new Exception("second", first);
    first.initCause(second);

    catalogue.add(sighting(first, 0, "", ""));

    assertThat(catalogue.groups()).hasSize(1);
  }

  @Test
  void newest_traces_are_kept_each_once() {
    for (int i = 0; i <= Tally.TRACES; i++) {
      catalogue.add(sighting(broken("x"), i, "", "%032x".formatted(i)));
      catalogue.add(sighting(broken("x"), i, "", "%032x".formatted(i)));
    }

    List<Trace> traces = catalogue.groups().get(0).traces();
    assertThat(traces).hasSize(Tally.TRACES);
    String newest = "%032x".formatted(Tally.TRACES);
    assertThat(traces.get(0)).isEqualTo(new Trace(newest, "http://traces.example.com/" + newest));
    assertThat(traces).noneMatch(trace -> trace.id().equals("%032x".formatted(0)));
  }

  @Test
  void what_is_no_trace_id_gets_no_link_nor_does_any_without_an_address() {
    catalogue.add(sighting(broken("x"), 0, "", "../../login"));
    assertThat(catalogue.groups().get(0).traces()).containsExactly(new Trace("../../login", null));

    assertThat(new TraceLinks(" ").to("%032x".formatted(7))).isNull();
  }

  @Test
  void groups_are_bounded_and_the_one_not_seen_for_longest_goes() {
    for (int i = 0; i < ErrorCatalogue.GROUPS; i++) {
      catalogue.add(sighting(at(i), i, "", ""));
    }
    catalogue.add(sighting(at(0), 1_000, "", ""));
    assertThat(catalogue.forgotten()).isZero();

    catalogue.add(sighting(at(-1), 1_001, "", ""));

    assertThat(catalogue.groups()).hasSize(ErrorCatalogue.GROUPS);
    assertThat(catalogue.forgotten()).isEqualTo(1);
    assertThat(catalogue.groups()).extracting(Group::frame).contains("shop.A.b(A.java:0)");
    assertThat(catalogue.groups()).extracting(Group::frame).doesNotContain("shop.A.b(A.java:1)");
  }

  @Test
  void long_message_is_cut() {
    catalogue.add(sighting(broken("x".repeat(10_000)), 0, "", ""));

    assertThat(catalogue.groups().get(0).message())
        .hasSize(Tally.MESSAGE_LENGTH + 1)
        .endsWith("x…");
  }

  private static Sighting sighting(Throwable thrown, int second, String entry, String trace) {
    return new Sighting(thrown, NOON.plusSeconds(second), entry, trace);
  }

  private static RuntimeException broken(String message) {
    return new IllegalStateException(message);
  }

  private static Throwable at(int line) {
    Throwable thrown = new IllegalStateException();
    // A negative line would read as a native method.
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("shop.A", "b", line < 0 ? "New.java" : "A.java", Math.abs(line))
        });
    return thrown;
  }
}
