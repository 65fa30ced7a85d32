package dev.atalaya.agent.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.WeaveIndex;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A name that only one side has would show when the library calls it, or never. */
class OfferedHooksTest {
  @Test
  void advice_asks_for_what_its_library_offers_and_for_all_of_it() throws Exception {
    Map<Class<?>, Set<String>> asked = asked();
    assertFalse(asked.isEmpty());
    for (Class<?> hooks : asked.keySet()) {
      assertEquals(offered(hooks), asked.get(hooks), hooks.getName());
    }
  }

  private static Set<String> offered(Class<?> hooks) throws ReflectiveOperationException {
    Map<String, Hook> offered = new HashMap<>();
    ((LibraryHooks) hooks.getDeclaredConstructor().newInstance())
        .offer(new Simulation().recorder, offered);
    return new TreeSet<>(offered.keySet());
  }

  private static Map<Class<?>, Set<String>> asked() throws ClassNotFoundException {
    Map<Class<?>, Set<String>> asked = new HashMap<>();
    for (String line : WeaveIndex.print(LibraryHooks.class.getClassLoader()).split("\n")) {
      String[] parts = line.split("\t");
      if (parts.length < 5 || !parts[4].contains(" ")) continue;
      // Of a bracket: their class, the first, the second; or the one, and what is called.
      String[] hooks = parts[4].split(" ");
      Set<String> events = asked.computeIfAbsent(Class.forName(hooks[0]), none -> new TreeSet<>());
      events.add(hooks[1]);
      if (hooks[2].indexOf('(') < 0) events.add(hooks[2]);
    }
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.atalaya.agent.library")) {
      for (JavaMethod method : type.getMethods()) {
        for (JavaParameter parameter : method.getParameters()) {
          parameter
              .tryGetAnnotationOfType(HookNumber.class)
              .ifPresent(
                  number ->
                      asked
                          .computeIfAbsent(number.in(), none -> new TreeSet<>())
                          .add(number.event()));
        }
      }
    }
    return asked;
  }
}
