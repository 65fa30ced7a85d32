package dev.atalaya.agent.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LookupTest {
  @Test
  void finds_what_was_put_by_equal_texts_and_numbers() {
    Lookup<Integer> lookup = new Lookup<>();
    for (int i = 0; i < 1_000; i++) lookup.put("GET", "/r" + i, null, "x", i, 1, i);

    for (int i = 0; i < 1_000; i++) {
      assertEquals(i, lookup.get("GET", new String("/r" + i), null, "x", i, 1));
    }
    assertNull(lookup.get("PUT", "/r1", null, "x", 1, 1));
    assertNull(lookup.get("GET", "/r1", null, "x", 1, 2));
    assertNull(lookup.get("GET", "/r1", null, "x", 2, 1));
    assertNull(lookup.get("GET", "/r1", "y", "x", 1, 1));
    assertNull(lookup.get("GET", "/r1", null, null, 1, 1));
  }

  @Test
  void remembers_no_more_than_its_bound() {
    Lookup<Integer> lookup = new Lookup<>();
    for (int i = 0; i < 100_000; i++) lookup.put("host" + i, null, null, null, 0, 0, i);

    int known = 0;
    for (int i = 0; i < 100_000; i++) {
      if (lookup.get("host" + i, null, null, null, 0, 0) != null) known++;
    }
    assertEquals(4_096, known);
  }

  @Test
  void readers_never_see_a_wrong_value_while_it_grows() throws InterruptedException {
    Lookup<Integer> lookup = new Lookup<>();
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger found = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < 4_000; i++) {
                  String key = "k" + i;
                  Integer known = lookup.get(key, null, null, null, i, 0);
                  if (known == null) lookup.put(key, null, null, null, i, 0, i);
                  else if (known != i) wrong.incrementAndGet();
                  else found.incrementAndGet();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) thread.join();

    assertEquals(0, wrong.get());
    for (int i = 0; i < 4_000; i++) assertEquals(i, lookup.get("k" + i, null, null, null, i, 0));
    assertTrue(found.get() > 0);
  }
}
