package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import org.junit.jupiter.api.Test;

/**
 * What holds for every library that calls something outside the JVM.
 *
 * <p>A test implements this on the real library, makes a {@link Woven} before each test and closes
 * it after.
 */
public interface CallContract {
  Woven woven();

  /** Makes one call that succeeds, waits for it, and returns its answer, the same every time. */
  Object call() throws Exception;

  /** Makes one call that fails, and throws what the library throws. */
  void failingCall() throws Exception;

  /** The name of the span of {@link #call}. */
  String spanName();

  @Test
  default void a_call_is_a_child_of_the_request() throws Exception {
    woven().inRequest(this::call);
    Span span = woven().clientSpan();
    assertEquals(spanName(), span.name());
    assertNull(span.failure());
    assertNotNull(span.parent());
    assertEquals(Span.Kind.SERVER, span.parent().kind());
    assertTrue(span.durationNanos() > 0);
  }

  @Test
  default void an_error_is_recorded() throws Exception {
    assertThrows(Exception.class, () -> woven().inRequest(this::fail));
    assertNotNull(woven().clientSpan().failure());
  }

  @Test
  default void a_call_inside_another_is_no_span() throws Exception {
    woven()
        .inRequest(
            () -> {
              Call outer = Tracing.request("GET", "http://outer.invalid/");
              call();
              outer.end(null);
              return null;
            });
    assertEquals("GET", woven().clientSpan().name());
    assertEquals("outer.invalid", woven().clientSpan().http().host);
  }

  @Test
  default void outside_a_request_a_call_is_a_trace_of_its_own() throws Exception {
    call();
    Span span = woven().clientSpan();
    assertTrue(span.isRoot());
    assertEquals(Request.Kind.IMPLICIT, span.request().kind());
  }

  @Test
  default void the_library_behaves_the_same_when_the_tracer_throws() throws Exception {
    Tracing.use(null);
    Object expected = call();
    Object[] actual = new Object[1];
    int thrown = Woven.whileTracerThrows(() -> actual[0] = call());
    assertTrue(thrown > 0, "the tracer was never asked");
    assertEquals(expected, actual[0]);
    Woven.whileTracerThrows(() -> assertThrows(Exception.class, this::failingCall));
  }

  @Test
  default void two_calls_are_two_spans_and_nothing_is_left_open() throws Exception {
    woven()
        .inRequest(
            () -> {
              call();
              return call();
            });
    assertFalse(woven().clientSpans(2).get(0).id() == woven().clientSpans(2).get(1).id());
    woven().assertNothingOpen();
  }

  private Object fail() throws Exception {
    failingCall();
    return null;
  }
}
