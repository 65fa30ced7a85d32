package dev.atalaya.agent;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Within a room, classes that all need each other are one idea, and few. */
class RoomCirclesTest {
  /** The largest is trace's: a span, its request, its unit of work and its thread. */
  private static final int MOST = 11;

  private final Map<String, Set<String>> uses = new HashMap<>();

  @Test
  void a_circle_of_classes_is_one_idea() {
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.atalaya.agent")) {
      uses.computeIfAbsent(outer(type), made -> new TreeSet<>()).addAll(sameRoom(type));
    }
    Set<Set<String>> large = new HashSet<>();
    for (String type : uses.keySet()) {
      Set<String> circle = circle(type);
      if (circle.size() > MOST) large.add(circle);
    }
    assertEquals(Set.of(), large);
  }

  private Set<String> circle(String type) {
    Set<String> circle = new TreeSet<>();
    for (String other : reached(type)) if (reached(other).contains(type)) circle.add(other);
    return circle;
  }

  private Set<String> reached(String type) {
    Set<String> reached = new TreeSet<>();
    Deque<String> left = new ArrayDeque<>(List.of(type));
    while (!left.isEmpty()) {
      for (String next : uses.getOrDefault(left.pop(), Set.of())) {
        if (reached.add(next)) left.push(next);
      }
    }
    return reached;
  }

  private static Set<String> sameRoom(JavaClass type) {
    List<JavaClass> used = new ArrayList<>();
    for (Dependency one : type.getDirectDependenciesFromSelf()) used.add(one.getTargetClass());
    return used.stream()
        .filter(other -> other.getPackageName().equals(type.getPackageName()))
        .map(RoomCirclesTest::outer)
        .filter(name -> !name.equals(outer(type)))
        .collect(toSet());
  }

  private static String outer(JavaClass type) {
    String name = type.getName();
    while (name.startsWith("[") || name.endsWith(";")) name = name.replaceAll("^\\[+L?|;$", "");
    return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
  }
}
