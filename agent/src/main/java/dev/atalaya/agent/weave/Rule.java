package dev.atalaya.agent.weave;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One type to weave, or a type with all below it, and the methods wanted there. */
final class Rule {
  final String instrumentation;
  final String type; // internal name: java/sql/Statement
  final boolean subtypes;
  final boolean jakarta;

  /** The type is an annotation's, and the methods wanted are those that have it. */
  final boolean annotation;

  final List<Method> methods = new ArrayList<>();
  final List<String> marks = new ArrayList<>();
  List<String> exceptions = Collections.emptyList();

  /** Names of wanted methods without which a version of the class is not one to instrument. */
  List<String> needs = Collections.emptyList();

  boolean stateHolder;

  /** Its methods get no advice: {@link ByHand} writes code into them. */
  boolean byHand;

  /** It stays woven when its instrumentation is taken out, to undo what that has done. */
  boolean stays;

  /** The advice calls nothing of the bridge, not even where it fails. */
  boolean withoutBridge;

  boolean leftToSuper;

  /** Some versions that are instrumented have the class with none of the methods. */
  boolean ofSomeVersions;

  Rule(String instrumentation, String type, boolean subtypes) {
    this(instrumentation, type.replace('.', '/'), subtypes, false, false);
  }

  static Rule annotated(String instrumentation, String type) {
    return new Rule(instrumentation, type.replace('.', '/'), false, false, true);
  }

  private Rule(
      String instrumentation, String type, boolean subtypes, boolean jakarta, boolean annotation) {
    this.instrumentation = instrumentation;
    this.type = type;
    this.subtypes = subtypes;
    this.jakarta = jakarta;
    this.annotation = annotation;
  }

  /** The rule that has these {@link #flags}. */
  static Rule of(String instrumentation, String internalName, String flags) {
    Rule rule =
        new Rule(
            instrumentation,
            internalName,
            flags.indexOf('s') >= 0,
            flags.indexOf('j') >= 0,
            flags.indexOf('a') >= 0);
    rule.stateHolder = flags.indexOf('c') >= 0;
    rule.byHand = flags.indexOf('b') >= 0;
    rule.stays = flags.indexOf('k') >= 0;
    rule.withoutBridge = flags.indexOf('w') >= 0;
    rule.leftToSuper = flags.indexOf('l') >= 0;
    rule.ofSomeVersions = flags.indexOf('v') >= 0;
    return rule;
  }

  /** A letter for each that holds: subtypes, jakarta, annotation, state holder, ... */
  String flags() {
    return (subtypes ? "s" : "")
        + (jakarta ? "j" : "")
        + (annotation ? "a" : "")
        + (stateHolder ? "c" : "")
        + (byHand ? "b" : "")
        + (stays ? "k" : "")
        + (withoutBridge ? "w" : "")
        + (leftToSuper ? "l" : "")
        + (ofSomeVersions ? "v" : "");
  }

  Method add(String method, @Nullable String descriptor, String advice, boolean endsCall) {
    if (descriptor == null && subtypes) {
      throw new IllegalArgumentException(
          instrumentation + ": a method in subtypes of " + type + " needs its descriptor");
    }
    Method wanted = new Method(method, descriptor, advice, endsCall);
    methods.add(wanted);
    return wanted;
  }

  Rule jakarta() {
    Rule twin = new Rule(instrumentation, renamed(type), subtypes, true, false);
    for (Method m : methods) {
      String descriptor = m.descriptor == null ? null : renamed(m.descriptor);
      Method renamed = new Method(m.name, descriptor, m.advice, m.endsCall);
      renamed.others = m.others;
      twin.methods.add(renamed);
    }
    for (String mark : marks) twin.marks.add(renamed(mark));
    twin.exceptions = exceptions;
    twin.stateHolder = stateHolder;
    twin.byHand = byHand;
    twin.stays = stays;
    twin.withoutBridge = withoutBridge;
    twin.leftToSuper = leftToSuper;
    twin.needs = needs;
    twin.ofSomeVersions = ofSomeVersions;
    return twin;
  }

  String annotationDescriptor() {
    return "L" + type + ";";
  }

  /**
   * Whether the class holds one of the rule's marks; for subtypes it is enough that the filter
   * asks.
   */
  boolean isMarked(byte[] classFile) {
    return subtypes || marks.isEmpty() || new ConstantPoolFilter(marks).admits(classFile);
  }

  /** Whether a method is bracketed, by {@link Bracket}: each with the field of its own class. */
  boolean brackets() {
    boolean any = false;
    for (Method method : methods) any |= byHand && !method.isBeforeCall();
    return any;
  }

  /** Whether all that is wanted of the class is a field for the agent's state. */
  boolean isFieldAlone() {
    return stateHolder && methods.isEmpty();
  }

  /**
   * Whether a class of that name has the methods that it has in all versions that are instrumented.
   */
  boolean fits(Predicate<Method> isThere) {
    if (ofSomeVersions || isFieldAlone()) return true;
    List<String> missing = new ArrayList<>(needs);
    boolean any = false;
    for (Method method : methods) {
      if (!isThere.test(method)) continue;
      any = true;
      missing.remove(method.name);
    }
    return any && missing.isEmpty();
  }

  boolean excepts(String name) {
    for (String prefix : exceptions) if (name.startsWith(prefix)) return true;
    return false;
  }

  /** What the filter looks for; a class without any of these is not of this rule. */
  List<String> tellingDescriptors() {
    List<String> descriptors = new ArrayList<>(marks);
    for (Method m : methods) {
      if (m.descriptor != null && isTelling(m.descriptor)) descriptors.add(m.descriptor);
    }
    if (descriptors.isEmpty()) {
      throw new IllegalArgumentException(
          instrumentation + ": nothing tells a subtype of " + type + "; mark the target");
    }
    return descriptors;
  }

  private static boolean isTelling(String descriptor) {
    return descriptor.replace("Ljava/lang/", "").replace("Ljava/math/", "").indexOf('L') >= 0;
  }

  /** Only what moved: {@code javax.sql} and its like stayed in the JDK. */
  static String renamed(String internal) {
    return internal
        .replace("javax/servlet/", "jakarta/servlet/")
        .replace("javax/ws/rs/", "jakarta/ws/rs/");
  }

  /** A method wanted, by name and descriptor, and the advice for it. */
  static final class Method {
    final String name;
    final @Nullable String descriptor;
    final String advice;
    final boolean endsCall;

    /** All public methods that are not wanted otherwise, and whose signatures begin so. */
    boolean others;

    Method(String name, @Nullable String descriptor, String advice, boolean endsCall) {
      this.name = name;
      this.descriptor = descriptor;
      this.advice = advice;
      this.endsCall = endsCall;
    }

    /** Whether it is given a {@link BeforeCall}, whose last word is what is called. */
    boolean isBeforeCall() {
      return advice.indexOf('(') >= 0;
    }

    /** The method that has these {@link #flags}. */
    static Method of(String name, @Nullable String descriptor, String advice, String flags) {
      Method method = new Method(name, descriptor, advice, flags.indexOf('e') >= 0);
      method.others = flags.indexOf('o') >= 0;
      return method;
    }

    String flags() {
      return (endsCall ? "e" : "") + (others ? "o" : "");
    }

    boolean matches(String declaredName, String declaredDescriptor) {
      if (others && descriptor != null) {
        return declaredName.startsWith(name)
            && declaredDescriptor.startsWith(descriptor)
            && declaredDescriptor.charAt(descriptor.length()) != ')';
      }
      return name.equals(declaredName)
          && (descriptor == null || descriptor.equals(declaredDescriptor));
    }
  }
}
