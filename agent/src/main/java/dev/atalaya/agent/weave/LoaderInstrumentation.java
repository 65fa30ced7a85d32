package dev.atalaya.agent.weave;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * The loaders of OSGi and JBoss Modules, which ask the boot loader for java.* alone: for the bridge
 * they ask it as well.
 *
 * <p>Loaders of other kinds are left alone: most delegate, and classes of those that do not stay
 * unwoven, see {@link BridgeVisibility}.
 */
final class LoaderInstrumentation extends LibraryInstrumentation {
  private static final String[] LOADERS = {
    "org.jboss.modules.ConcurrentClassLoader",
    "org.apache.felix.framework.BundleWiringImpl$BundleClassLoader",
    "org.eclipse.osgi.internal.loader.ModuleClassLoader",
    "org.eclipse.osgi.internal.baseadaptor.DefaultClassLoader" // before Equinox 3.10
  };

  LoaderInstrumentation() {
    super("class-loader");
  }

  @Override
  public void weave(Weaver weaver) {
    for (String loader : LOADERS) {
      weaver
          .in(loader)
          .withoutBridge()
          .weave("loadClass", "(Ljava/lang/String;)Ljava/lang/Class;", LoadClass.class)
          .weave("loadClass", "(Ljava/lang/String;Z)Ljava/lang/Class;", LoadClass.class);
    }
  }

  static final class LoadClass {
    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static @Nullable Class<?> enter(@Advice.Argument(0) String name) throws ClassNotFoundException {
      return name.startsWith("dev.atalaya.bridge.") ? Class.forName(name, false, null) : null;
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Enter @Nullable Class<?> bridge, @Advice.Return(readOnly = false) Class<?> loaded) {
      if (bridge != null) loaded = bridge;
    }
  }
}
