package dev.atalaya.agent.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The class file transformer: filter, match, weave.
 *
 * <p>Most classes end at the filter. Of the rest, the declared methods are compared first, the
 * supertypes only where a method matched. Byte Buddy's classes load with the first class woven.
 * Whatever fails, the class stays as it was and the failure is told to the {@link Log}.
 */
public final class Weaving implements ClassFileTransformer {
  /** Where the room tells what it did; called on the thread that loads the class. */
  public interface Log {
    /** {@code source} is the jar or folder that the class came from, or null. */
    void woven(String instrumentation, String type, @Nullable String source);

    /** {@code wanted} of all {@code loaded} classes are to be woven now. */
    void weaves(int loaded, int wanted);

    /** The class has none of the agent's code. */
    void failed(String type, Throwable error);

    /** The class keeps the code of an instrumentation that was taken out. */
    void stuck(String type, Throwable error);

    /**
     * The class has the name of one to weave, but not the methods that this has in all versions
     * that can be instrumented.
     */
    default void unfit(String instrumentation, String type, @Nullable String source) {}

    /** The loader of that class does not see the bridge: the class stays as it is. */
    void hidden(String type, ClassLoader loader);

    /** The first class on the application's class path loads: its main class, as a rule. */
    void applicationStarts();

    /** A class of {@link #watch} is there. */
    default void watched(String internalName) {}
  }

  /**
   * So many loaded classes are changed at a time. The JVM looks through all of its classes for each
   * change while the application stands still, some 50 ms in a JVM of 20,000: few changes are best,
   * as long as none of them takes much longer than that.
   */
  private static final int BATCH = 100;

  private final java.lang.instrument.Instrumentation jvm;
  private final @Nullable ClassLoader ignored;
  private final HookNumbers hooks;
  private final Log log;
  private final Map<String, List<Rule>> exact = new HashMap<>();
  private final List<Rule> subtypes = new ArrayList<>();
  private final List<Rule> annotated = new ArrayList<>();
  private final Set<String> off = java.util.concurrent.ConcurrentHashMap.newKeySet();
  private final BridgeVisibility bridge = new BridgeVisibility();
  private final ClassLoader system = ClassLoader.getSystemClassLoader();
  private ConstantPoolFilter filter = new ConstantPoolFilter(new HashSet<>());
  private boolean started;
  private volatile @Nullable WovenAhead ahead;
  private volatile @Nullable ClassWeaver classWeaver;

  /** {@code ignored} is the agent's own loader: its libraries are not the application's. */
  public Weaving(
      java.lang.instrument.Instrumentation jvm,
      @Nullable ClassLoader ignored,
      HookNumbers hooks,
      Log log) {
    this.jvm = jvm;
    this.ignored = ignored;
    this.hooks = hooks;
    this.log = log;
  }

  /** Adds what an instrumentation wants; before {@link #install}. */
  public void add(LibraryInstrumentation instrumentation) {
    Weaver weaver = new Weaver(instrumentation.name());
    instrumentation.weave(weaver);
    add(weaver.rules());
  }

  /** Adds what the index has of one instrumentation; before {@link #install}. */
  public void add(WeaveIndex index, String instrumentation) {
    add(index.rules(instrumentation));
  }

  private void add(List<Rule> rules) {
    for (Rule rule : rules) {
      if (rule.subtypes) subtypes.add(rule);
      else if (rule.annotation) annotated.add(rule);
      else exact.computeIfAbsent(rule.type, absent -> new ArrayList<>(1)).add(rule);
    }
  }

  /**
   * Tells the log when one of these classes loads, or has loaded, unless a class of its package is
   * woven. To be called after {@link #add}, and before {@link #install}.
   */
  public void watch(Iterable<String> internalNames) {
    Set<String> woven = new HashSet<>();
    for (String name : exact.keySet()) woven.add(packageOf(name));
    for (String name : internalNames) {
      if (!woven.contains(packageOf(name))) exact.putIfAbsent(name, Collections.emptyList());
    }
  }

  private static String packageOf(String internalName) {
    return internalName.substring(0, internalName.lastIndexOf('/') + 1);
  }

  /** Weaves what loads from now on, and what is loaded already. */
  public void install() {
    install(false);
  }

  /**
   * {@code running}: an application runs already, and is not to wait for its code to be compiled.
   */
  public void install(boolean running) {
    add(new LoaderInstrumentation());
    filter();
    jvm.addTransformer(this, true);
    loadBases();
    if (running) ahead = new WovenAhead();
    retransform(null);
    ahead = null;
  }

  /**
   * Loads what is to be woven of the JDK's and may be extended. The JVM offers no class to a
   * transformer that loads while another is being woven, as the parents of that one do.
   */
  private void loadBases() {
    for (String name : exact.keySet()) {
      if (!name.startsWith("java/util/") || name.indexOf('$') >= 0) continue;
      try {
        Class.forName(name.replace('/', '.'), false, null);
      } catch (ClassNotFoundException | LinkageError ofAnotherJava) {
        // There is none to extend.
      }
    }
  }

  /** Lets the filter pass what the rules want. */
  void filter() {
    Set<String> wanted = new HashSet<>();
    for (Rule rule : subtypes) wanted.addAll(rule.tellingDescriptors());
    for (Rule rule : annotated) wanted.add(rule.annotationDescriptor());
    filter = new ConstantPoolFilter(wanted);
  }

  /** Takes one instrumentation out again, from classes that are loaded too. */
  public void off(String instrumentation) {
    if (off.add(instrumentation)) retransform(instrumentation);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    WovenAhead known = ahead;
    if (known != null && loaded != null) {
      byte[] refusal = known.refusal(loaded, classFile);
      if (refusal != null) return refusal;
      WovenAhead.Change change = known.of(loaded, classFile);
      if (change != null) return change.after;
    }
    if (name == null || (loader == ignored && loader != null)) return null;
    if (!started && loader == system) {
      started = true;
      log.applicationStarts();
    }
    boolean grown = loaded != null && GrownClasses.contain(loader, name);
    byte[] woven = woven(loader, name, loaded, domain, classFile);
    if (woven == null && grown) woven = asLoaded(name, classFile);
    if (known == null || loaded == null) return woven;
    return known.keeps(loaded, classFile, woven) ? null : woven;
  }

  /** Without advice, in the shape that it was loaded in. */
  private byte @Nullable [] asLoaded(String name, byte[] classFile) {
    try {
      return AddedField.alone(classFile);
    } catch (Throwable error) {
      log.failed(name.replace('/', '.'), error);
      return null;
    }
  }

  private byte @Nullable [] woven(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    List<Rule> named = exact.get(name);
    if (named != null && named.isEmpty()) {
      log.watched(name);
      named = null;
    }
    // Supertypes to weave are libraries'; the boot loader's own classes are woven by name alone.
    if (named == null && (loader == null || !filter.admits(classFile))) return null;
    try {
      return weave(loader, name, loaded, domain, classFile, named);
    } catch (Throwable error) {
      log.failed(name.replace('/', '.'), error);
      return null;
    }
  }

  private byte @Nullable [] weave(
      @Nullable ClassLoader loader,
      String name,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile,
      @Nullable List<Rule> named) {
    Declared declared = Declared.of(classFile);
    if (declared.isInterface || declared.isProxy) return null;
    List<Rule> matched = new ArrayList<>(2);
    if (named != null) {
      for (Rule rule : named) {
        if (applies(rule, declared) && rule.isMarked(classFile)) matched.add(rule);
      }
      tellUnfit(name, domain, declared, named);
    }
    if (loader != null) {
      Set<String> supertypes = null;
      for (Rule rule : subtypes) {
        if (rule.excepts(name) || !applies(rule, declared)) continue;
        if (supertypes == null) {
          supertypes = loaded == null ? Supertypes.of(classFile, loader) : Supertypes.of(loaded);
        }
        if (supertypes.contains(rule.type)) matched.add(rule);
      }
      for (Rule rule : annotated) {
        if (!off.contains(rule.instrumentation) && declared.isAnnotated(rule)) matched.add(rule);
      }
    }
    if (matched.isEmpty()) return null;
    boolean needsBridge = false;
    for (Rule rule : matched) needsBridge |= !rule.withoutBridge;
    if (needsBridge && loader != null && !bridge.of(loader)) {
      log.hidden(name.replace('/', '.'), loader);
      return null;
    }
    byte[] woven = classWeaver().weave(loader, name, loaded, classFile, matched);
    Set<String> instrumentations = new LinkedHashSet<>();
    for (Rule rule : matched) instrumentations.add(rule.instrumentation);
    for (String instrumentation : instrumentations) {
      log.woven(instrumentation, name.replace('/', '.'), source(domain));
    }
    return woven;
  }

  /** Where an instrumentation has several rules for one class, each is for other versions of it. */
  private void tellUnfit(
      String name, @Nullable ProtectionDomain domain, Declared declared, List<Rule> named) {
    Set<String> unfit = new LinkedHashSet<>();
    for (Rule rule : named)
      if (!off.contains(rule.instrumentation)) unfit.add(rule.instrumentation);
    for (Rule rule : named) if (rule.fits(declared::has)) unfit.remove(rule.instrumentation);
    for (String instrumentation : unfit) {
      log.unfit(instrumentation, name.replace('/', '.'), source(domain));
    }
  }

  private boolean applies(Rule rule, Declared declared) {
    if (!rule.stays && off.contains(rule.instrumentation)) return false;
    for (Rule.Method method : rule.methods) if (declared.has(method)) return true;
    return rule.isFieldAlone();
  }

  private ClassWeaver classWeaver() {
    ClassWeaver ready = classWeaver;
    if (ready == null) classWeaver = ready = new ClassWeaver(jvm, hooks);
    return ready;
  }

  private void retransform(@Nullable String instrumentation) {
    List<Rule> rules = new ArrayList<>(subtypes);
    rules.addAll(annotated);
    for (List<Rule> named : exact.values()) rules.addAll(named);
    if (instrumentation != null) {
      rules.removeIf(rule -> !rule.instrumentation.equals(instrumentation));
    }
    Class<?>[] loaded = jvm.getAllLoadedClasses();
    if (instrumentation == null) tellWatched(loaded);
    LoadedClasses classes = new LoadedClasses(jvm, ignored, rules);
    List<Class<?>> loaders = classes.wanted(loaded, true);
    List<Class<?>> others = classes.wanted(loaded, false);
    if (instrumentation == null) log.weaves(loaded.length, loaders.size() + others.size());
    WovenAhead first = ahead;
    if (first != null && !others.isEmpty()) first.weave(jvm, others);
    // Loaders first: the classes that they have loaded find the bridge through them.
    retransformAll(loaders, instrumentation);
    retransformAll(others, instrumentation);
  }

  private void tellWatched(Class<?>[] loaded) {
    for (Class<?> type : loaded) {
      String name = type.getName().replace('.', '/');
      List<Rule> named = exact.get(name);
      if (named != null && named.isEmpty() && type.getClassLoader() != ignored) log.watched(name);
    }
  }

  private void retransformAll(List<Class<?>> wanted, @Nullable String instrumentation) {
    for (int from = 0; from < wanted.size(); from += BATCH) {
      List<Class<?>> batch = wanted.subList(from, Math.min(from + BATCH, wanted.size()));
      if (!retransform(batch, instrumentation)) {
        for (Class<?> type : batch) retransform(Collections.singletonList(type), instrumentation);
      }
    }
  }

  /** False where one of several could not be changed: then none of them was. */
  private boolean retransform(List<Class<?>> batch, @Nullable String instrumentation) {
    try {
      jvm.retransformClasses(batch.toArray(new Class<?>[0]));
      return true;
    } catch (Throwable error) {
      if (batch.size() > 1) return false;
      if (instrumentation == null) log.failed(batch.get(0).getName(), error);
      else log.stuck(batch.get(0).getName(), error);
      return true;
    }
  }

  private static @Nullable String source(@Nullable ProtectionDomain domain) {
    CodeSource code = domain == null ? null : domain.getCodeSource();
    return code == null || code.getLocation() == null ? null : code.getLocation().toString();
  }
}
