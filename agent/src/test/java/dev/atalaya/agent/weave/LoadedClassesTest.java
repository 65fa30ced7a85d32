package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.FutureTask;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;

class LoadedClassesTest {
  private static final java.lang.instrument.Instrumentation JVM = ByteBuddyAgent.install();
  private static final Class<?>[] LOADED = {
    Anchored.class,
    Ship.class,
    Tanker.class,
    Tanker[].class,
    Buoy.class,
    Lighthouse.class,
    Harbour.class,
    FutureTask.class,
    int.class
  };

  @Test
  void those_below_a_type_are_wanted() {
    Rule ships = new Rule("sea", Anchored.class.getName(), true);
    assertEquals(List.of(Ship.class, Tanker.class), wanted(ships));
  }

  @Test
  void those_of_a_name_are_wanted_the_jdks_too() {
    Rule buoys = new Rule("sea", Buoy.class.getName(), false);
    Rule tasks = new Rule("sea", FutureTask.class.getName(), false);
    assertEquals(List.of(Buoy.class, FutureTask.class), wanted(buoys, tasks));
  }

  @Test
  void those_whose_files_hold_an_annotation_are_wanted() {
    Rule lights = Rule.annotated("sea", Lit.class.getName());
    assertEquals(List.of(Lighthouse.class), wanted(lights));
  }

  @Test
  void what_a_rule_leaves_out_is_not_wanted() {
    Rule ships = new Rule("sea", Anchored.class.getName(), true);
    ships.exceptions = List.of(Tanker.class.getName().replace('.', '/'));
    assertEquals(List.of(Ship.class), wanted(ships));
  }

  @Test
  void loaders_are_apart_and_the_agents_own_are_left_out() {
    Rule loaders = new Rule("sea", Harbour.class.getName(), false);
    LoadedClasses classes = new LoadedClasses(JVM, null, List.of(loaders));
    assertEquals(List.of(Harbour.class), classes.wanted(LOADED, true));
    assertEquals(List.of(), classes.wanted(LOADED, false));
    ClassLoader own = Harbour.class.getClassLoader();
    assertEquals(List.of(), new LoadedClasses(JVM, own, List.of(loaders)).wanted(LOADED, true));
  }

  private static List<Class<?>> wanted(Rule... rules) {
    return new LoadedClasses(JVM, null, List.of(rules)).wanted(LOADED, false);
  }

  interface Anchored {}

  static class Ship implements Anchored {}

  static final class Tanker extends Ship {}

  static final class Buoy {}

  @interface Lit {}

  static final class Lighthouse {
    @Lit
    void shine() {}
  }

  static final class Harbour extends ClassLoader {}
}
