package dev.atalaya.agent.weave;

import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of the classes that are loaded some rules may apply to: those of their names, those below
 * their types, those whose files hold their annotations.
 *
 * <p>A JVM has ten thousands of them, so each supertype is looked at once, and loaders are asked
 * once whether they know an annotation.
 */
final class LoadedClasses {
  private final Instrumentation jvm;
  private final @Nullable ClassLoader ignored;
  private final Set<String> exact = new HashSet<>();
  private final Map<String, List<Rule>> subtypes = new HashMap<>();
  private final List<Rule> annotated = new ArrayList<>();
  private final Map<Class<?>, Set<Rule>> above = new IdentityHashMap<>();
  private final Map<Rule, Map<ClassLoader, Boolean>> knowing = new HashMap<>();

  LoadedClasses(Instrumentation jvm, @Nullable ClassLoader ignored, Collection<Rule> rules) {
    this.jvm = jvm;
    this.ignored = ignored;
    for (Rule rule : rules) {
      String type = rule.type.replace('/', '.');
      if (rule.annotation) annotated.add(rule);
      else if (!rule.subtypes) exact.add(type);
      else subtypes.computeIfAbsent(type, absent -> new ArrayList<>(2)).add(rule);
    }
  }

  /** The wanted ones of these: of the class loaders, or of all others. */
  List<Class<?>> wanted(Class<?>[] loaded, boolean loaders) {
    List<Class<?>> wanted = new ArrayList<>();
    for (Class<?> type : loaded) {
      if (ClassLoader.class.isAssignableFrom(type) != loaders) continue;
      if (isWanted(type) && jvm.isModifiableClass(type)) wanted.add(type);
    }
    return wanted;
  }

  private boolean isWanted(Class<?> type) {
    if (type.isArray() || type.isPrimitive() || type.isInterface()) return false;
    ClassLoader loader = type.getClassLoader();
    if (loader == ignored && loader != null) return false;
    String name = type.getName();
    if (exact.contains(name)) return true;
    if (loader == null || name.startsWith("java.")) return false;
    for (Rule rule : above(type)) if (!rule.excepts(name.replace('.', '/'))) return true;
    for (Rule rule : annotated) {
      if (knows(loader, rule) && Supertypes.mentions(type, rule)) return true;
    }
    return false;
  }

  /** The rules about types above that one, itself included. */
  private Set<Rule> above(Class<?> type) {
    Set<Rule> known = above.get(type);
    if (known != null) return known;
    Set<Rule> found = new HashSet<>(subtypes.getOrDefault(type.getName(), Collections.emptyList()));
    Class<?> superclass = type.getSuperclass();
    if (superclass != null) found.addAll(above(superclass));
    for (Class<?> parent : type.getInterfaces()) found.addAll(above(parent));
    Set<Rule> kept = found.isEmpty() ? Collections.emptySet() : found;
    above.put(type, kept);
    return kept;
  }

  private boolean knows(ClassLoader loader, Rule rule) {
    return knowing
        .computeIfAbsent(rule, absent -> new IdentityHashMap<>())
        .computeIfAbsent(loader, asked -> asked.getResource(rule.type + ".class") != null);
  }
}
