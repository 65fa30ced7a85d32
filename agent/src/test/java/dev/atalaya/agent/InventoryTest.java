package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private final Inventory inventory = new Inventory(null);

  @Test
  void a_hundred_faults_take_an_instrumentation_out_once() {
    for (int i = 1; i < 100; i++) assertFalse(inventory.fault("jdbc", new RuntimeException()));
    assertTrue(inventory.fault("jdbc", new RuntimeException()));
    assertFalse(inventory.fault("jdbc", new RuntimeException()));
  }

  @Test
  void want_of_memory_or_stack_is_counted_and_takes_nothing_out() {
    for (int i = 0; i < 99; i++) inventory.fault("jdbc", new RuntimeException());
    for (int i = 0; i < 500; i++) {
      assertFalse(inventory.fault("jdbc", new OutOfMemoryError()));
      assertFalse(inventory.fault("jdbc", new StackOverflowError()));
    }
    assertEquals(Map.of("jdbc", 1_099), inventory.faults());
    assertTrue(inventory.fault("jdbc", new RuntimeException()));
  }
}
