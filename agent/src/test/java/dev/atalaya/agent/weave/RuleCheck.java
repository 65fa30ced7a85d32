package dev.atalaya.agent.weave;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/**
 * Weaves an instrumentation into the class files of a library's versions, and says what of it is
 * good for none of them.
 *
 * <p>An instrumentation may want one method of several types that share a contract, as JDBC's do:
 * it has to be in one of them. And of each type that it names it has to find something.
 */
final class RuleCheck implements Weaving.Log {
  private static final int NEAREST = 3;

  private final List<Rule> rules;
  private final Weaving weaving;

  /** Where rules are about subtypes: what has a method of such a name, or has an annotation. */
  private final ConstantPoolFilter names;

  private final Set<Rule> matched = new HashSet<>();
  private final Set<String> wishes = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  /** What was looked through: each method there that a rule could have meant, and where. */
  private final Map<Rule, Map<String, String>> there = new LinkedHashMap<>();

  /** Types to the versions in which they have not what their rules need. */
  private final Map<String, List<String>> unfit = new HashMap<>();

  /** Where the type was without any of the methods. */
  private final Set<Rule> empty = new HashSet<>();

  private String looksAt = "";

  RuleCheck(LibraryInstrumentation instrumentation) {
    Weaver weaver = new Weaver(instrumentation.name());
    instrumentation.weave(weaver);
    rules = weaver.rules();
    weaving = new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, this);
    weaving.add(instrumentation);
    weaving.filter();
    Set<String> telling = new HashSet<>();
    for (Rule rule : rules) {
      there.put(rule, new LinkedHashMap<>());
      if (rule.annotation) telling.add(rule.annotationDescriptor());
      for (Rule.Method method : rule.methods) if (!method.others) telling.add(method.name);
    }
    names = new ConstantPoolFilter(telling);
  }

  void lookAt(ClassFiles classes) {
    looksAt = classes.toString();
    Set<String> named = new LinkedHashSet<>();
    boolean all = false;
    for (Rule rule : rules) {
      if (rule.subtypes || rule.annotation) all = true;
      else named.add(rule.type);
    }
    for (String type : named) {
      byte[] file = classes.file(type);
      if (file != null) lookAt(file, classes.loader());
    }
    // The JDK's own classes are woven by name alone.
    if (!all || classes.areOfJdk()) return;
    classes.forEach(
        file -> {
          if (names.admits(file)) lookAt(file, classes.loader());
        });
  }

  private void lookAt(byte[] file, ClassLoader loader) {
    DeclaredMethods declared = DeclaredMethods.of(file);
    List<Rule> candidates = candidates(declared, file, loader);
    for (Rule rule : candidates) {
      for (String signature : declared.signatures) note(rule, declared.name, signature);
    }
    if (candidates.isEmpty() || declared.isInterface) return;
    for (Rule rule : candidates) {
      if (!rule.subtypes
          && !rule.annotation
          && !rule.isFieldAlone()
          && rule.methods.stream().noneMatch(m -> declared.hasBodyOf(rule, m))) empty.add(rule);
    }
    if (weaving.transform(loader, declared.name, null, null, file) == null) return;
    for (Rule rule : candidates) {
      if (!rule.isMarked(file) || rule.excepts(declared.name)) continue;
      if (rule.isFieldAlone()) matched.add(rule);
      for (Rule.Method method : rule.methods) {
        if (!declared.hasBodyOf(rule, method)) continue;
        matched.add(rule);
        wishes.add(wish(method));
      }
    }
  }

  private List<Rule> candidates(DeclaredMethods declared, byte[] file, ClassLoader loader) {
    List<Rule> candidates = new ArrayList<>();
    Set<String> supertypes = null;
    for (Rule rule : rules) {
      boolean candidate = rule.annotation || rule.type.equals(declared.name);
      if (rule.subtypes && !candidate) {
        if (supertypes == null) supertypes = Supertypes.of(file, loader);
        candidate = supertypes.contains(rule.type);
      }
      if (candidate) candidates.add(rule);
    }
    return candidates;
  }

  private void note(Rule rule, String type, String signature) {
    there.get(rule).putIfAbsent(signature, type.replace('/', '.') + " of " + looksAt);
  }

  /** Empty where all is well. */
  List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    for (Rule rule : rules) {
      if (rule.ofSomeVersions && !empty.contains(rule)) {
        all.add(dotted(rule) + " has them in all versions");
      }
      if (there.get(rule).isEmpty()) {
        all.add(dotted(rule) + " is nowhere");
      } else if (!matched.contains(rule)) {
        all.add(dotted(rule) + ": none of its methods is there" + nearest(rule, rule.methods));
      } else {
        for (String version : unfit.getOrDefault(rule.type, List.of())) {
          all.add(dotted(rule) + " of " + version + " has not what its rule needs");
        }
        for (Rule.Method method : rule.methods) {
          if (wishes.contains(wish(method))) continue;
          all.add(
              dotted(rule)
                  + "."
                  + signature(method)
                  + " is nowhere"
                  + nearest(rule, List.of(method)));
        }
      }
    }
    return all;
  }

  private String nearest(Rule rule, List<Rule.Method> wanted) {
    Map<String, String> all = there.get(rule);
    Set<String> nearest = new LinkedHashSet<>();
    for (Rule.Method method : wanted) {
      String signature = signature(method);
      all.keySet().stream()
          .sorted(Comparator.comparingInt(other -> distance(method, signature, other)))
          .limit(wanted.size() == 1 ? NEAREST : 1)
          .forEach(nearest::add);
    }
    StringBuilder text = new StringBuilder("; nearest:");
    for (String near : nearest) {
      text.append("\n    ").append(near).append(" in ").append(all.get(near));
    }
    return text.toString();
  }

  /** Another name weighs more than any other descriptor. */
  private static int distance(Rule.Method wanted, String signature, String other) {
    boolean named = other.startsWith(wanted.name + "(");
    return (named ? 0 : 10_000) + edits(signature, other);
  }

  /** Levenshtein's: characters put in, left out or exchanged. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }

  private static String wish(Rule.Method method) {
    return signature(method) + " " + method.advice;
  }

  private static String signature(Rule.Method method) {
    return method.name + (method.descriptor == null ? "" : method.descriptor);
  }

  private static String dotted(Rule rule) {
    return (rule.subtypes ? "below " : "") + rule.type.replace('/', '.');
  }

  @Override
  public void failed(String type, Throwable error) {
    faults.add("the advice does not fit " + type + " of " + looksAt + ": " + error);
  }

  /** The doctor would say of a version that works that it is not supported. */
  @Override
  public void unfit(String instrumentation, String type, @Nullable String source) {
    unfit.computeIfAbsent(type.replace('.', '/'), absent -> new ArrayList<>()).add(looksAt);
  }

  @Override
  public void hidden(String type, ClassLoader loader) {
    faults.add("no bridge for " + type);
  }

  @Override
  public void woven(String instrumentation, String type, @Nullable String source) {}

  @Override
  public void weaves(int loaded, int wanted) {}

  @Override
  public void stuck(String type, Throwable error) {}

  @Override
  public void applicationStarts() {}
}
