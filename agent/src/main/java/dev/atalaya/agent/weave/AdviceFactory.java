package dev.atalaya.agent.weave;

import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;

/**
 * Makes Byte Buddy's advice of our advice classes, from their files alone: loading one would ask
 * for the library, which the agent's loader does not have.
 *
 * <p>An exception in advice is reported to {@link Tracing#failed} and goes no further; unreported
 * where the woven class may not see the bridge.
 */
final class AdviceFactory {
  private final ClassFileLocator files;
  private final ClassFileLocator jakartaFiles;
  private final TypePool types;
  private final TypePool jakartaTypes;
  private final TypeDescription endCall;
  private final Numbered numbered;
  private final Map<String, Advice> made = new ConcurrentHashMap<>();

  AdviceFactory(ClassLoader agentLoader, HookNumbers numbers) {
    numbered = new Numbered(numbers);
    files = new Own(ClassFileLocator.ForClassLoader.of(agentLoader));
    jakartaFiles = new Jakarta(files);
    types = pool(files);
    jakartaTypes = pool(jakartaFiles);
    endCall = types.describe(EndCall.class.getName()).resolve();
  }

  Advice of(Rule rule, Rule.Method method) {
    String key = rule.jakarta + " " + method.endsCall + " " + method.advice;
    return made.computeIfAbsent(key, absent -> make(rule, method));
  }

  private Advice make(Rule rule, Rule.Method method) {
    TypePool pool = rule.jakarta ? jakartaTypes : types;
    ClassFileLocator locator = rule.jakarta ? jakartaFiles : files;
    TypeDescription advice = pool.describe(method.advice).resolve();
    boolean ownExit =
        !advice
            .getDeclaredMethods()
            .filter(ElementMatchers.isAnnotatedWith(Advice.OnMethodExit.class))
            .isEmpty();
    Advice.WithCustomMapping custom = Advice.withCustomMapping().bind(numbered);
    if (rule.annotation) custom = custom.bind(Name.class, new Named(rule));
    Advice made =
        method.endsCall && !ownExit
            ? custom.to(advice, endCall, locator)
            : custom.to(advice, locator);
    return rule.withoutBridge
        ? made
        : made.withExceptionHandler(new Reported(rule.instrumentation));
  }

  private static TypePool pool(ClassFileLocator locator) {
    return new TypePool.Default.WithLazyResolution(
        new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
  }

  /**
   * What advice may be resolved against: the agent, Byte Buddy and the JDK, whatever else the
   * loader may have. So a library's type has to be the very one of the woven method, in tests as
   * well.
   */
  private static final class Own implements ClassFileLocator {
    private final ClassFileLocator agent;
    private final ClassFileLocator jdk = ClassFileLocator.ForClassLoader.ofPlatformLoader();

    Own(ClassFileLocator agent) {
      this.agent = agent;
    }

    @Override
    public Resolution locate(String name) throws IOException {
      boolean own = name.startsWith("dev.atalaya.") || name.startsWith("net.bytebuddy.");
      return own ? agent.locate(name) : jdk.locate(name);
    }

    @Override
    public void close() {}
  }

  /** Hands the exception on the stack to the agent, with the instrumentation's name. */
  private static final class Reported implements Advice.ExceptionHandler {
    private final String instrumentation;

    Reported(String instrumentation) {
      this.instrumentation = instrumentation;
    }

    @Override
    public StackManipulation resolve(MethodDescription method, TypeDescription type) {
      try {
        MethodDescription failed =
            new MethodDescription.ForLoadedMethod(
                Tracing.class.getMethod("failed", Throwable.class, String.class));
        return new StackManipulation.Compound(
            new TextConstant(instrumentation), MethodInvocation.invoke(failed));
      } catch (NoSuchMethodException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  /** Advice written against javax, read as written against jakarta. */
  private static final class Jakarta implements ClassFileLocator {
    private final ClassFileLocator javax;

    Jakarta(ClassFileLocator javax) {
      this.javax = javax;
    }

    @Override
    public Resolution locate(String name) throws IOException {
      Resolution found = javax.locate(name);
      if (!found.isResolved()) return found;
      ClassWriter writer = new ClassWriter(0);
      Remapper names =
          new Remapper(net.bytebuddy.utility.OpenedClassReader.ASM_API) {
            @Override
            public String map(String internalName) {
              return Rule.renamed(internalName);
            }
          };
      new ClassReader(found.resolve()).accept(new ClassRemapper(writer, names), 0);
      return new Resolution.Explicit(writer.toByteArray());
    }

    @Override
    public void close() {}
  }
}
