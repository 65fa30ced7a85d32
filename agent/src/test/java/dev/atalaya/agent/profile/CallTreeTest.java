package dev.atalaya.agent.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTreeTest {
  @Test
  void stacks_that_begin_alike_are_one_path_until_they_part() {
    CallTree tree = new CallTree();
    tree.add(stack("a.B.main", "a.B.left"));
    tree.add(stack("a.B.main", "a.B.left"));
    tree.add(stack("a.B.main", "a.B.right"));
    tree.add(stack("a.B.main"));

    assertEquals(4, tree.samples());
    assertEquals(
        List.of(
            Map.of("stack", "a.B.main;a.B.left", "samples", 2L),
            Map.of("stack", "a.B.main;a.B.right", "samples", 1L),
            Map.of("stack", "a.B.main", "samples", 1L)),
        tree.stacks());
  }

  @Test
  void trees_are_added_up() {
    CallTree one = new CallTree();
    one.add(stack("a.B.main", "a.B.left"));
    CallTree other = new CallTree();
    other.add(stack("a.B.main", "a.B.left"));
    other.add(stack("a.B.main", "a.B.right"));
    one.add(other);

    assertEquals(3, one.samples());
    assertEquals(Map.of("stack", "a.B.main;a.B.left", "samples", 2L), one.stacks().get(0));
  }

  @Test
  void a_lambda_has_no_name_of_its_own() {
    CallTree tree = new CallTree();
    tree.add(stack("a.B$$Lambda$14/0x0001.run"));
    assertEquals("a.B.run", tree.stacks().get(0).get("stack"));
  }

  @Test
  void what_does_not_fit_is_counted_without_its_name() {
    CallTree tree = new CallTree();
    for (int i = 0; i < 10_000; i++) tree.add(stack("a.B.main", "a.B.m" + i, "a.B.deeper"));

    long counted = 0;
    for (Map<String, Object> one : tree.stacks()) counted += (Long) one.get("samples");
    assertEquals(10_000, counted);
    assertTrue(tree.stacks().size() <= 2_001, "stacks: " + tree.stacks().size());
  }

  /** The outermost first. */
  private static StackTraceElement[] stack(String... frames) {
    StackTraceElement[] stack = new StackTraceElement[frames.length];
    for (int i = 0; i < frames.length; i++) {
      int method = frames[i].lastIndexOf('.');
      stack[frames.length - 1 - i] =
          new StackTraceElement(
              frames[i].substring(0, method), frames[i].substring(method + 1), "B.java", 1);
    }
    return stack;
  }
}
