package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

class WovenAheadTest {
  private final List<String> changes = new ArrayList<>();
  private final List<String> woven = new ArrayList<>();

  @Test
  void classes_are_woven_before_the_first_of_all_changes_and_once() {
    Shelf shelf = new Shelf();
    assertEquals("as it was", shelf.put());
    TakenOutTest.Silent log =
        new TakenOutTest.Silent() {
          @Override
          public void woven(String instrumentation, String type, String source) {
            woven.add(type + " after " + changes.size());
          }
        };
    Weaving weaving = new Weaving(watched(shelf), null, (hooks, event) -> 0, log);
    weaving.add(new Shelves());
    weaving.install(true);
    // A change that is refused, then one of a class of the agent's, then those that are wanted.
    assertEquals(List.of("refused: as it was", "as it was", "done"), changes);
    assertEquals(List.of(Shelf.class.getName() + " after 0"), woven);
  }

  @Test
  void a_class_that_loads_meanwhile_or_later_is_woven_as_ever() {
    Weaving weaving =
        new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, new TakenOutTest.Silent());
    weaving.add(new Later());
    weaving.install(true);
    assertEquals("done", new Table().put());
  }

  /** The JVM's own, which tells what the shelf does after each change. */
  private Instrumentation watched(Shelf shelf) {
    Instrumentation jvm = ByteBuddyAgent.install();
    return (Instrumentation)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Instrumentation.class},
            (proxy, method, arguments) -> {
              String refused = "";
              try {
                return method.invoke(jvm, arguments);
              } catch (InvocationTargetException error) {
                refused = "refused: ";
                throw error.getCause();
              } finally {
                if (method.getName().equals("retransformClasses")) {
                  changes.add(refused + shelf.put());
                }
              }
            });
  }

  static final class Shelf {
    String put() {
      return "as it was";
    }
  }

  static final class Table {
    String put() {
      return "as it was";
    }
  }

  private static final class Shelves extends LibraryInstrumentation {
    Shelves() {
      super("shelves");
    }

    @Override
    public void weave(Weaver weaver) {
      weaver.in(Shelf.class.getName()).weave("put", "()Ljava/lang/String;", TakenOutTest.Put.class);
    }
  }

  private static final class Later extends LibraryInstrumentation {
    Later() {
      super("later");
    }

    @Override
    public void weave(Weaver weaver) {
      weaver.in(Table.class.getName()).weave("put", "()Ljava/lang/String;", TakenOutTest.Put.class);
    }
  }
}
