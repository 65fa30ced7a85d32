package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

class TakenOutTest {
  @Test
  void what_undoes_stays_when_its_instrumentation_is_taken_out() {
    Weaving weaving =
        new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, new Silent());
    weaving.add(new Doing());
    weaving.install();
    assertEquals("done", new Queue().put());
    assertEquals("undone", new Queue().take());
    weaving.off("doing");
    assertEquals("as it was", new Queue().put());
    assertEquals("undone", new Queue().take());
  }

  static final class Queue {
    String put() {
      return "as it was";
    }

    String take() {
      return "as it was";
    }
  }

  private static final class Doing extends LibraryInstrumentation {
    Doing() {
      super("doing");
    }

    @Override
    public void weave(Weaver weaver) {
      weaver.in(Queue.class.getName()).weave("put", "()Ljava/lang/String;", Put.class);
      weaver.in(Queue.class.getName()).stays().weave("take", "()Ljava/lang/String;", Take.class);
    }
  }

  static final class Put {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) String result) {
      result = "done";
    }
  }

  static final class Take {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) String result) {
      result = "undone";
    }
  }

  static class Silent implements Weaving.Log {
    @Override
    public void woven(String instrumentation, String type, String source) {}

    @Override
    public void failed(String type, Throwable error) {
      throw new AssertionError(type, error);
    }

    @Override
    public void weaves(int loaded, int wanted) {}

    @Override
    public void stuck(String type, Throwable error) {
      failed(type, error);
    }

    @Override
    public void hidden(String type, ClassLoader loader) {}

    @Override
    public void applicationStarts() {}
  }
}
