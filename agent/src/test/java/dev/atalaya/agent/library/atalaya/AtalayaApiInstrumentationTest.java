package dev.atalaya.agent.library.atalaya;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.api.Atalaya;
import dev.atalaya.api.Traced;
import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AtalayaApiInstrumentationTest {
  private final Woven woven = Woven.with(new AtalayaApiInstrumentation());

  @AfterEach
  void close() {
    woven.close();
  }

  @Test
  void ids_are_those_of_the_open_span() throws Exception {
    assertNull(Atalaya.traceId());
    woven.inRequest(
        () -> {
          assertEquals(Tracing.traceId(), Atalaya.traceId());
          assertEquals(32, Atalaya.traceId().length());
          assertEquals(16, Atalaya.spanId().length());
          String outer = Atalaya.spanId();
          assertNotEquals(outer, Atalaya.span("inner", () -> Atalaya.spanId()));
          return null;
        });
  }

  @Test
  void attributes_and_exceptions_are_the_open_spans() throws Exception {
    woven.inRequest(
        () -> {
          Atalaya.attribute("cart.items", 3);
          Atalaya.attribute(null, null);
          Atalaya.exception(new IllegalStateException());
          Atalaya.exception(null);
          return null;
        });
    Span span = woven.spans().get(0);
    assertEquals(IllegalStateException.class, span.attributes().value.getClass());
    assertEquals("cart.items", span.attributes().next.key);
    assertEquals(3, span.attributes().next.value);
    assertNull(span.failure(), "what is handled is no error of the span");
  }

  @Test
  void a_span_has_its_name_its_parent_and_its_error() throws Exception {
    IOException own = new IOException("the task's own");
    Callable<Void> failing =
        () -> {
          throw own;
        };
    woven.inRequest(
        () -> {
          assertEquals("answer", Atalaya.span("asking", () -> "answer"));
          assertEquals(own, assertThrows(IOException.class, () -> Atalaya.span("odd", failing)));
          return null;
        });
    List<Span> spans = woven.spans();
    assertEquals(List.of("GET", "asking", "odd"), woven.names());
    assertEquals(spans.get(0), spans.get(1).parent());
    assertEquals(spans.get(0), spans.get(2).parent());
    assertNull(spans.get(1).failure());
    assertEquals("java.io.IOException", spans.get(2).failure().type);
  }

  @Test
  void an_annotated_method_is_a_span() throws Exception {
    assertEquals(3, new Sums().add(1, 2));
    assertEquals(1, Sums.subtract(3, 2));
    assertThrows(ArithmeticException.class, () -> Sums.divide(1, 0));
    assertEquals(6, new Sums().multiply(2, 3));
    String holder = AtalayaApiInstrumentationTest.class.getSimpleName() + "$Sums";
    assertEquals(List.of("adding", holder + ".subtract", holder + ".divide"), woven.names());
    assertEquals("java.lang.ArithmeticException", woven.spans().get(2).failure().type);
    assertTrue(woven.spans().get(0).isRoot());
  }

  @Test
  void the_application_sees_nothing_of_a_broken_tracer() throws Exception {
    int thrown =
        Woven.whileTracerThrows(
            () -> {
              assertNull(Atalaya.traceId());
              Atalaya.attribute("key", "value");
              assertEquals(3, new Sums().add(1, 2));
              return Atalaya.span("name", () -> "answer");
            });
    assertEquals(4, thrown);
  }

  private static final class Sums {
    @Traced("adding")
    private int add(int a, int b) {
      return a + b;
    }

    @Traced
    static int subtract(int a, int b) {
      return a - b;
    }

    @Traced
    static int divide(int a, int b) {
      return a / b;
    }

    int multiply(int a, int b) {
      return a * b;
    }
  }
}
