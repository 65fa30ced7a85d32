package dev.atalaya.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What holds where no agent is attached. */
class AtalayaTest {
  @Test
  void there_are_no_ids() {
    assertNull(Atalaya.traceId());
    assertNull(Atalaya.spanId());
  }

  @Test
  void anything_may_be_told() {
    Atalaya.attribute("key", "value");
    Atalaya.attribute(null, null);
    Atalaya.exception(new IOException());
    Atalaya.exception(null);
  }

  @Test
  void a_span_is_its_task() throws Exception {
    assertEquals("answer", Atalaya.span("name", () -> "answer"));
    AtomicBoolean ran = new AtomicBoolean();
    Runnable task = () -> ran.set(true);
    Atalaya.span(null, task);
    assertTrue(ran.get());
  }

  @Test
  void a_span_throws_what_its_task_throws() {
    IOException checked = new IOException();
    Callable<Void> failing =
        () -> {
          throw checked;
        };
    assertSame(checked, assertThrows(IOException.class, () -> Atalaya.span("name", failing)));
  }

  @Test
  void an_annotated_method_is_only_a_method() {
    assertEquals(3, add(1, 2));
  }

  @Traced("adding")
  private static int add(int a, int b) {
    return a + b;
  }
}
