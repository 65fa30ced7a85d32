package dev.atalaya.agent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an instrumentation says it wants woven. Only data: no class is matched or loaded here.
 *
 * <p>Types are binary names ({@code java.sql.Statement}), descriptors are the class file's ({@code
 * ()Z}). Descriptors keep the filter narrow: a class is looked at only where it holds one that is
 * telling, i.e. names a type other than java.lang's and java.math's, or one that the target is
 * marked by.
 */
public final class Weaver {
  private final String instrumentation;
  private final List<Rule> rules = new ArrayList<>();

  Weaver(String instrumentation) {
    this.instrumentation = instrumentation;
  }

  /** The one class of that name, in any loader. */
  public Target in(String type) {
    return add(new Rule(instrumentation, type, false));
  }

  /** Every class below that type, itself included; interfaces themselves are never woven. */
  public Target inSubtypesOf(String type) {
    return add(new Rule(instrumentation, type, true));
  }

  /**
   * Weaves an enter, and an exit that ends its call, into all methods that have that annotation.
   * The advice may ask for the span's {@link Name}.
   */
  public void around(String annotation, Class<?> advice) {
    Rule rule = Rule.annotated(instrumentation, annotation);
    rule.add("", null, advice.getName(), true);
    rules.add(rule);
  }

  List<Rule> rules() {
    return rules;
  }

  private Target add(Rule rule) {
    rules.add(rule);
    return new Target(rule);
  }

  /** The methods of one type, and what is woven into each. */
  public final class Target {
    private final Rule rule;

    Target(Rule rule) {
      this.rule = rule;
    }

    /**
     * Weaves an enter and an exit. The exit is the advice class's own where it has one, else it
     * ends the call that enter returned.
     *
     * @param descriptor null matches any, and is for {@link Weaver#in} alone
     */
    public Target around(String method, String descriptor, Class<?> advice) {
      rule.add(method, descriptor, advice.getName(), true);
      return this;
    }

    /**
     * Calls two hooks of a class behind the wall around a method, where something is kept with its
     * object: {@code enter} with that and the object, {@code leave} with what the first returned,
     * unless that was null. For methods that are called all the time and mostly with nothing kept,
     * which costs them one read of a field, in classes that come by the hundred. The target has
     * such methods alone.
     */
    public Target bracket(
        String method, String descriptor, Class<?> hooks, String enter, String leave) {
      rule.byHand = true;
      rule.add(method, descriptor, hooks.getName() + " " + enter + " " + leave, false);
      return this;
    }

    /**
     * Calls a hook of a class behind the wall before each call of {@code called} that the method
     * makes, with that call's last argument and the object whose method it is. For methods that
     * hundreds of classes have and few call. The target has such methods alone.
     *
     * @param called its name and descriptor: {@code accept(Ljava/lang/Object;)V}
     */
    public Target beforeCall(
        String method, String descriptor, String called, Class<?> hooks, String event) {
      rule.byHand = true;
      rule.add(method, descriptor, hooks.getName() + " " + event + " " + called, false);
      return this;
    }

    /** Weaves the advice class's enter, its exit, or both, and nothing else. */
    public Target weave(String method, String descriptor, Class<?> advice) {
      rule.add(method, descriptor, advice.getName(), false);
      return this;
    }

    /**
     * Weaves all other public methods whose name and descriptor begin so, with at least one
     * parameter more: {@code set} and {@code (I} match a driver's own {@code setColour(int,
     * Colour)}. The filter does not look for them.
     */
    public Target weaveOthers(String method, String descriptor, Class<?> advice) {
      rule.add(method, descriptor, advice.getName(), false).others = true;
      return this;
    }

    /**
     * A descriptor that every class of this target holds, where those of its methods are not
     * telling. With {@link Weaver#in}, a class of that name without it is left alone, as one of a
     * fork or of another version; there the mark may be a method's name as well.
     */
    public Target marked(String descriptor) {
      rule.marks.add(descriptor);
      return this;
    }

    /**
     * Leaves out subtypes whose names begin so ({@code com.acme.pool.}): those that only pass on to
     * what they wrap, which is woven.
     */
    public Target except(String... prefixes) {
      List<String> exceptions = new ArrayList<>();
      for (String prefix : prefixes) exceptions.add(prefix.replace('.', '/'));
      rule.exceptions = exceptions;
      return this;
    }

    /**
     * Methods, by name, that the one class has in every version that can be instrumented: without
     * them it is another version, and the doctor says so. Where none is named, one of all is
     * enough.
     */
    public Target needs(String... methods) {
      rule.needs = Arrays.asList(methods);
      return this;
    }

    /** Some versions that can be instrumented have the class without any of the methods. */
    public Target ofSomeVersions() {
      rule.ofSomeVersions = true;
      return this;
    }

    /**
     * Leaves out methods that call the one they override, which is woven: else advice would count
     * twice.
     */
    public Target leftToSuper() {
      rule.leftToSuper = true;
      return this;
    }

    /**
     * Adds a field for the agent's state to each matched class that has a matched method, so that
     * it need not be kept in a map. Only at load time: a class that was loaded before uses the map.
     * A target without methods has nothing but the field.
     */
    public Target stateHolder() {
      rule.stateHolder = true;
      return this;
    }

    /** For classes that may not see the bridge: the advice uses JDK types alone. */
    Target withoutBridge() {
      rule.withoutBridge = true;
      return this;
    }

    /** Stays woven when the instrumentation is taken out, to undo what that has done before. */
    public Target stays() {
      rule.stays = true;
      return this;
    }

    /**
     * The same for the type's twin: {@code javax.} read as {@code jakarta.} in types and advice.
     */
    public Target andJakarta() {
      Rule twin = rule.jakarta();
      rules.add(twin);
      return this;
    }
  }
}
