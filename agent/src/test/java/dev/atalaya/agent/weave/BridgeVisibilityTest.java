package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.bridge.Tracing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

/** Class loaders that keep the bridge from their classes. */
class BridgeVisibilityTest {
  private static final String BRIDGE = Tracing.class.getName();

  @Test
  void a_loader_that_delegates_sees_the_bridge() {
    assertTrue(
        new BridgeVisibility().of(new ClassLoader(BridgeVisibilityTest.class.getClassLoader()) {}));
  }

  @Test
  void a_loader_is_asked_once() {
    BridgeVisibility sight = new BridgeVisibility();
    JdkOnly loader = new JdkOnly();
    assertFalse(sight.of(loader));
    assertFalse(sight.of(loader));
    assertEquals(List.of(BRIDGE), loader.asked);
  }

  @Test
  void a_loader_with_a_bridge_of_its_own_does_not_see_ours() throws Exception {
    JdkOnly loader = new JdkOnly();
    Class<?> copy = loader.define(BRIDGE, file(Tracing.class));
    assertSame(copy, loader.loadClass(BRIDGE));
    assertFalse(new BridgeVisibility().of(loader));
  }

  @Test
  void a_loader_that_fails_is_asked_again() {
    BridgeVisibility sight = new BridgeVisibility();
    ClassLoader loader =
        new ClassLoader(BridgeVisibilityTest.class.getClassLoader()) {
          private boolean started;

          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (started) return super.loadClass(name, resolve);
            started = true;
            throw new IllegalStateException("not started");
          }
        };
    assertFalse(sight.of(loader));
    assertTrue(sight.of(loader));
  }

  @Test
  void a_class_is_woven_only_where_its_loader_sees_the_bridge() throws Exception {
    Told told = new Told();
    Weaving weaving = new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, told);
    weaving.add(
        new LibraryInstrumentation("library") {
          @Override
          public void weave(Weaver weaver) {
            weaver.in(Library.class.getName()).weave("call", "()V", Traced.class);
          }
        });
    String name = Library.class.getName().replace('.', '/');
    byte[] file = file(Library.class);
    assertNull(weaving.transform(new JdkOnly(), name, null, null, file));
    assertEquals(List.of("hidden " + Library.class.getName()), told.lines);
    ClassLoader delegating = new ClassLoader(BridgeVisibilityTest.class.getClassLoader()) {};
    assertNotNull(weaving.transform(delegating, name, null, null, file));
    assertEquals("woven " + Library.class.getName(), told.lines.get(1));
  }

  @Test
  void a_woven_loader_asks_the_boot_loader_for_the_bridge_and_for_nothing_else() throws Exception {
    Told told = new Told();
    Weaving weaving = new Weaving(ByteBuddyAgent.install(), null, (hooks, event) -> 0, told);
    weaving.add(
        new LibraryInstrumentation("loader") {
          @Override
          public void weave(Weaver weaver) {
            weaver
                .in(JdkOnly.class.getName())
                .withoutBridge()
                .weave(
                    "loadClass",
                    "(Ljava/lang/String;Z)Ljava/lang/Class;",
                    LoaderInstrumentation.LoadClass.class);
          }
        });
    // The loader's own loader does not see the bridge either.
    JdkOnly outer = new JdkOnly();
    String name = JdkOnly.class.getName();
    byte[] woven =
        weaving.transform(outer, name.replace('.', '/'), null, null, file(JdkOnly.class));
    assertEquals(List.of("woven " + name), told.lines);
    ClassLoader loader =
        (ClassLoader) outer.define(name, woven).getDeclaredConstructor().newInstance();
    assertSame(Tracing.class, loader.loadClass(BRIDGE));
    assertTrue(new BridgeVisibility().of(loader));
    assertSame(List.class, loader.loadClass("java.util.List"));
    assertThrows(ClassNotFoundException.class, () -> loader.loadClass(name));
    assertThrows(
        ClassNotFoundException.class, () -> loader.loadClass("dev.atalaya.bridge.Missing"));
  }

  private static byte[] file(Class<?> type) throws IOException {
    String resource = type.getName().replace('.', '/') + ".class";
    try (InputStream in =
        BridgeVisibilityTest.class.getClassLoader().getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }

  /** Asks for the JDK's classes alone, as OSGi's do. */
  public static final class JdkOnly extends ClassLoader {
    final List<String> asked = new ArrayList<>();

    public JdkOnly() {
      super(null);
    }

    Class<?> define(String name, byte[] file) {
      return defineClass(name, file, 0, file.length);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.")) return super.loadClass(name, resolve);
      asked.add(name);
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      throw new ClassNotFoundException(name);
    }
  }

  static final class Library {
    void call() {}
  }

  static final class Traced {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Tracing.preparing();
    }
  }

  private static final class Told implements Weaving.Log {
    final List<String> lines = new ArrayList<>();

    @Override
    public void woven(String instrumentation, String type, String source) {
      lines.add("woven " + type);
    }

    @Override
    public void failed(String type, Throwable error) {
      lines.add("failed " + type + ": " + error);
    }

    @Override
    public void weaves(int loaded, int wanted) {}

    @Override
    public void stuck(String type, Throwable error) {
      failed(type, error);
    }

    @Override
    public void hidden(String type, ClassLoader loader) {
      lines.add("hidden " + type);
    }

    @Override
    public void applicationStarts() {}
  }
}
