package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Tracing;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * The named modules of woven classes: each must read the bridge, and opens what was woven to the
 * agent, which asks some libraries' objects by reflection.
 *
 * <p>The JVM names the module only to transformers that are compiled for Java 9, hence the search.
 */
final class Modules {
  private final @Nullable Reflection reflection;
  private final @Nullable ClassLoader system = ClassLoader.getSystemClassLoader();
  private final @Nullable ClassLoader platform = system == null ? null : system.getParent();

  /** Packages seen in the JDK's own loaders, which may come from the boot layer alone. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  Modules(Instrumentation jvm) {
    reflection = Reflection.find(jvm);
  }

  /** Before a class is woven. */
  void prepare(ClassLoader loader, String internalName) {
    int slash = internalName.lastIndexOf('/');
    if (reflection == null || slash < 0) return; // a named module has no unnamed package
    String inPackage = internalName.substring(0, slash).replace('/', '.');
    try {
      if (loader != system && loader != platform) {
        reflection.prepare(reflection.layers(loader), loader, inPackage);
        return;
      }
      String key = loader.getClass().getName() + ' ' + inPackage;
      if (seen.contains(key)) return;
      reflection.prepare(Collections.singleton(reflection.bootLayer).iterator(), loader, inPackage);
      // Not before: another thread's class of that package would be defined too early.
      seen.add(key);
    } catch (Exception | LinkageError unknown) {
      // What the agent asks such a library's objects by reflection then stays unknown.
    }
  }

  static void redefine(
      Instrumentation jvm, Object module, Set<?> reads, Map<?, ?> exports, Map<?, ?> opens)
      throws Exception {
    Instrumentation.class
        .getMethod(
            "redefineModule",
            Class.forName("java.lang.Module"),
            Set.class,
            Map.class,
            Map.class,
            Set.class,
            Map.class)
        .invoke(jvm, module, reads, exports, opens, Collections.emptySet(), Collections.emptyMap());
  }

  /** Java 9's methods, which Java 8 does not have. */
  private static final class Reflection {
    final Object bootLayer;
    private final Instrumentation jvm;
    private final Object bridge;
    private final Object agent;
    private final Method modules;
    private final Method getClassLoader;
    private final Method getPackages;
    private final @Nullable Object access;
    private final @Nullable Method layers;

    private Reflection(Instrumentation jvm) throws Exception {
      this.jvm = jvm;
      Class<?> module = Class.forName("java.lang.Module");
      Class<?> layer = Class.forName("java.lang.ModuleLayer");
      Method getModule = Class.class.getMethod("getModule");
      bootLayer = layer.getMethod("boot").invoke(null);
      bridge = getModule.invoke(Tracing.class);
      agent = getModule.invoke(Modules.class);
      modules = layer.getMethod("modules");
      getClassLoader = module.getMethod("getClassLoader");
      getPackages = module.getMethod("getPackages");
      Object found = null;
      Method byLoader = null;
      try {
        // It moved with Java 12.
        boolean moved = exists("jdk.internal.access.SharedSecrets");
        String internal = moved ? "jdk.internal.access" : "jdk.internal.misc";
        redefine(
            jvm,
            getModule.invoke(Object.class),
            Collections.emptySet(),
            Collections.singletonMap(internal, Collections.singleton(agent)),
            Collections.emptyMap());
        found =
            Class.forName(internal + ".SharedSecrets").getMethod("getJavaLangAccess").invoke(null);
        byLoader =
            Class.forName(internal + ".JavaLangAccess").getMethod("layers", ClassLoader.class);
      } catch (Exception | LinkageError gone) {
        // The modules of loaders that the application made are then not found.
      }
      access = found;
      layers = byLoader;
    }

    static @Nullable Reflection find(Instrumentation jvm) {
      try {
        return new Reflection(jvm);
      } catch (Exception | LinkageError java8) {
        return null;
      }
    }

    private static boolean exists(String type) {
      try {
        Class.forName(type, false, null);
        return true;
      } catch (ClassNotFoundException absent) {
        return false;
      }
    }

    /** The layers that have a module in this loader: none, as a rule. */
    Iterator<?> layers(ClassLoader loader) throws Exception {
      if (layers == null) throw new NoSuchMethodException("layers");
      return ((BaseStream<?, ?>) layers.invoke(access, loader)).iterator();
    }

    void prepare(Iterator<?> layers, ClassLoader loader, String inPackage) throws Exception {
      while (layers.hasNext()) {
        for (Object module : (Set<?>) modules.invoke(layers.next())) {
          if (getClassLoader.invoke(module) != loader) continue;
          if (!((Set<?>) getPackages.invoke(module)).contains(inPackage)) continue;
          Map<?, ?> opens = Collections.singletonMap(inPackage, Collections.singleton(agent));
          redefine(jvm, module, Collections.singleton(bridge), Collections.emptyMap(), opens);
          return;
        }
      }
    }
  }
}
