package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

class MarkedTest {
  @Test
  void a_class_without_what_it_is_marked_by_is_left_alone() {
    Weaving weaving =
        new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, new TakenOutTest.Silent());
    weaving.add(new Marked());
    weaving.install();
    assertEquals("done", new Original().put());
    assertEquals("as it was", new Fork().put());
  }

  static final class Original {
    String put() {
      return "as it was";
    }

    BitSet bits() {
      return new BitSet();
    }
  }

  static final class Fork {
    String put() {
      return "as it was";
    }
  }

  private static final class Marked extends LibraryInstrumentation {
    Marked() {
      super("marked");
    }

    @Override
    public void weave(Weaver weaver) {
      for (Class<?> type : new Class<?>[] {Original.class, Fork.class}) {
        weaver
            .in(type.getName())
            .marked("()Ljava/util/BitSet;")
            .weave("put", "()Ljava/lang/String;", TakenOutTest.Put.class);
      }
    }
  }
}
