package dev.atalaya.agent.reflect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class GetterTest {
  /** As headers of Netty have them. */
  public static final class Overloaded {
    public String set(Object name, Object value) {
      return "one";
    }

    public String set(Object name, Iterable<?> values) {
      return "some";
    }

    public String set(Object name, Object... values) {
      return "many";
    }
  }

  @Test
  void one_of_several_methods_of_a_name_is_found_by_its_parameters() throws Throwable {
    Overloaded target = new Overloaded();
    Object name = "name";
    assertEquals(
        "one",
        new Getter("set", Object.class, Object.class)
            .in(target)
            .invoke(target, name, (Object) "a"));
    assertEquals(
        "some",
        new Getter("set", Object.class, Iterable.class)
            .in(target)
            .invoke(target, name, (Iterable<?>) List.of()));
    assertNull(new Getter("set", Object.class, String.class).in(target));
  }
}
