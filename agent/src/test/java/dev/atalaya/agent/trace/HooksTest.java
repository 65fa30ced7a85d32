package dev.atalaya.agent.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.atalaya.bridge.Tracing;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HooksTest {
  private static final String HALF = Half.class.getName();

  private final Hooks hooks = new Hooks(new Simulation().recorder);

  @Test
  void a_hook_has_one_number_for_good() {
    int self = Hooks.number(HALF, "self");
    assertEquals(self, Hooks.number(HALF, "self"));
    assertNotEquals(self, Hooks.number(HALF, "arguments"));
    assertNotEquals(self, Hooks.number(HALF + "Other", "self"));
  }

  @Test
  void a_half_is_made_once_for_a_recorder_however_late_its_numbers_are_asked() {
    Object half = call("self");
    assertSame(half, call("later"));
    assertSame(half, call("self"));
    assertNotSame(
        half,
        new Hooks(new Simulation().recorder)
            .get(Hooks.number(HALF, "self"))
            .call(null, null, null, null));
  }

  @Test
  void a_half_may_be_loaded_before_it_is_called() {
    Half.made = 0;
    int number = hooks.loaded(HALF, "self");
    assertEquals(1, Half.made);
    hooks.get(number).call(null, null, null, null);
    assertEquals(1, Half.made);
    assertEquals(Hooks.number(HALF, "no such"), hooks.loaded(HALF, "no such"));
  }

  @Test
  void arguments_arrive_in_their_order() {
    int number = Hooks.number(HALF, "arguments");
    assertEquals("a b c null", hooks.get(number).call("a", "b", "c", null));
  }

  @Test
  void while_the_agent_is_off_only_what_undoes_is_reached() {
    int number = Hooks.number(HALF, "arguments");
    Tracing.use(new Simulation().recorder);
    try {
      assertEquals("a b null null", Tracing.hook(number, "a", "b"));
    } finally {
      Tracing.use(null);
    }
    assertNull(Tracing.hook(number, "a", "b"));
    assertEquals("a b null null", Tracing.undo(number, "a", "b"));
  }

  @Test
  void an_event_that_is_not_offered_is_named() {
    int number = Hooks.number(HALF, "nothing");
    Throwable error = assertThrows(IllegalStateException.class, () -> hooks.get(number));
    assertEquals(HALF + " offers no nothing", error.getMessage());
  }

  @Test
  void a_half_that_is_not_there_is_named() {
    int number = Hooks.number("dev.atalaya.NoHooks", "event");
    Throwable error = assertThrows(IllegalStateException.class, () -> hooks.get(number));
    assertEquals("dev.atalaya.NoHooks", error.getMessage());
  }

  private @Nullable Object call(String event) {
    return hooks.get(Hooks.number(HALF, event)).call(null, null, null, null);
  }

  static final class Half implements LibraryHooks {
    private static int made;

    Half() {
      made++;
    }

    @Override
    public void offer(Recorder recorder, Map<String, Hook> hooks) {
      hooks.put("self", (a, b, c, d) -> this);
      hooks.put("later", (a, b, c, d) -> this);
      hooks.put("arguments", (a, b, c, d) -> a + " " + b + " " + c + " " + d);
    }
  }
}
