package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

class WatchedTest {
  @Test
  void what_is_woven_by_another_class_of_its_package_is_not_told_as_unseen() throws Exception {
    List<String> told = new ArrayList<>();
    TakenOutTest.Silent log =
        new TakenOutTest.Silent() {
          @Override
          public void watched(String internalName) {
            told.add(internalName);
          }
        };
    Weaving weaving = new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, log);
    weaving.add(new Neighbour());
    List<String> watched = new ArrayList<>();
    for (Class<?> type : new Class<?>[] {Unwoven.class, Json.class}) {
      Class.forName(type.getName());
      watched.add(type.getName().replace('.', '/'));
    }
    weaving.watch(watched);
    weaving.install();
    assertEquals(List.of("dev/atalaya/agent/json/Json"), told);
  }

  static final class Unwoven {}

  static final class Woven {
    String put() {
      return "as it was";
    }
  }

  private static final class Neighbour extends LibraryInstrumentation {
    Neighbour() {
      super("neighbour");
    }

    @Override
    public void weave(Weaver weaver) {
      weaver.in(Woven.class.getName()).weave("put", "()Ljava/lang/String;", TakenOutTest.Put.class);
    }
  }
}
