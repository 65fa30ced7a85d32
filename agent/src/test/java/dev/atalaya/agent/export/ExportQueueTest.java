package dev.atalaya.agent.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.config.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of batches where sending itself goes wrong. */
class ExportQueueTest {
  private final Envelope envelope = new Envelope(Resource.of(Options.read(""), "1"), "1");
  private final Drops drops = new Drops();
  private final List<Consumer<Outcome>> underWay = new ArrayList<>();
  private int failing;

  private final ExportTarget target =
      new ExportTarget() {
        @Override
        public String address() {
          return "nowhere";
        }

        @Override
        public void send(Batch batch, Consumer<Outcome> outcome) {
          if (failing-- > 0) throw new OutOfMemoryError("unable to create native thread");
          underWay.add(outcome);
        }

        @Override
        public void expire(long now) {}

        @Override
        public void close() {}
      };

  private final ExportQueue queue = new ExportQueue(target, new ExportQueue.Terms(), drops);

  @Test
  void a_batch_that_could_not_be_sent_for_want_of_a_thread_is_sent_later() throws Exception {
    failing = 1;
    queue.add(batch(7));
    assertEquals(7, queue.itemsHeld());
    assertTrue(queue.state().contains("no memory or no thread"), queue.state());
    for (int i = 0; i < 400 && underWay.isEmpty(); i++) {
      Thread.sleep(10);
      queue.tick();
    }
    underWay.get(0).accept(Outcome.delivered(0));
    assertEquals(7, queue.delivered());
    assertEquals(0, queue.itemsHeld());
    assertEquals(0, drops.total());
  }

  @Test
  void what_is_told_twice_counts_once() {
    for (int i = 0; i < 6; i++) queue.add(batch(5));
    assertEquals(4, underWay.size());
    for (int i = 0; i < 3; i++) underWay.get(0).accept(Outcome.delivered(0));
    assertEquals(5, queue.delivered());
    assertEquals(25, queue.itemsHeld());
    assertEquals(5, underWay.size(), "one more in place of the one that is done");
    for (int i = 1; i < 6; i++) underWay.get(i).accept(Outcome.delivered(0));
    assertEquals(30, queue.delivered());
    assertEquals(0, queue.itemsHeld());
  }

  private Batch batch(int items) {
    Batch batch = new Batch(envelope);
    batch.items = items;
    batch.seal();
    return batch;
  }
}
