package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.atalaya.agent.library.Woven;
import dev.atalaya.agent.state.StateField;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;

/** What others see of a woven class, and that it keeps its shape whoever changes it. */
class AddedFieldTest {
  private static final java.lang.instrument.Instrumentation JVM = ByteBuddyAgent.install();

  private final Copies plain = new Copies();
  private final Copies copies = new Copies();
  private final Told told = new Told();
  private final Weaving weaving = new Weaving(JVM, plain, (hooks, event) -> 0, told);

  AddedFieldTest() {
    weaving.add(new Libraries());
    weaving.install();
  }

  @AfterEach
  void stop() {
    JVM.removeTransformer(weaving);
  }

  @Test
  void reflection_sees_one_private_field_more() throws Exception {
    Class<?> before = plain.loadClass(Order.class.getName());
    Class<?> woven = copies.loadClass(Order.class.getName());
    assertEquals("woven", call(woven));
    assertArrayEquals(before.getInterfaces(), woven.getInterfaces());
    assertEquals(names(before.getDeclaredMethods()), names(woven.getDeclaredMethods()));
    List<Field> fields = new ArrayList<>(List.of(woven.getDeclaredFields()));
    fields.removeIf(field -> !field.isSynthetic());
    assertEquals(1, fields.size());
    assertEquals(Modifier.PRIVATE | Modifier.TRANSIENT, fields.get(0).getModifiers() & 0xfff);
  }

  @Test
  void streams_are_read_with_and_without() throws Exception {
    for (Class<?> type : List.of(Order.class, RushOrder.class)) {
      Class<?> before = plain.loadClass(type.getName());
      Class<?> woven = copies.loadClass(type.getName());
      assertEquals(uid(before), uid(woven));
      Object old = before.getConstructor().newInstance();
      before.getField("lines").set(old, 7);
      Object read = copies.read(write(old));
      assertSame(woven, read.getClass());
      assertEquals(7, woven.getField("lines").get(read));
      StateField.of(woven).put(read, new Object()); // which could not be written
      assertEquals(7, before.getField("lines").get(plain.read(write(read))));
    }
  }

  @Test
  void an_objects_state_is_one_whichever_class_of_it_asks() throws Exception {
    // The subclass first: that is the order of the JVM.
    Class<?> below = copies.loadClass(RushOrder.class.getName());
    Class<?> above = below.getSuperclass();
    assertEquals(Order.class.getName(), above.getName());
    Object a = below.getConstructor().newInstance();
    Object b = below.getConstructor().newInstance();
    StateField.of(below).put(a, "a");
    StateField.of(below).put(b, "b");
    assertEquals("a", StateField.of(below).get(a));
    Field field = above.getDeclaredField(AddedField.NAME);
    field.setAccessible(true);
    assertEquals("a", field.get(a));
    assertEquals("b", field.get(b));
  }

  @Test
  void a_class_below_one_that_has_it_is_given_none() throws Exception {
    copies.loadClass(Order.class.getName());
    Class<?> below = copies.loadClass(RushOrder.class.getName());
    assertEquals("woven", call(below));
    assertEquals(List.of(), synthetic(below));
    assertNotNull(StateField.of(below));
  }

  /** Each call of a hook throws: what is counted is called, and leaves the method as it is. */
  @Test
  void a_bracket_finds_what_is_kept_with_the_object_whichever_class_it_is_in() throws Exception {
    for (boolean subclassFirst : new boolean[] {true, false}) {
      Copies loader = new Copies();
      if (!subclassFirst) loader.loadClass(GiftOrder.class.getName());
      Class<?> below = loader.loadClass(ParcelOrder.class.getName());
      Object order = below.getConstructor().newInstance();
      try (Woven woven = Woven.with()) {
        assertEquals(0, Woven.whileTracerThrows(() -> wrapped(order)));
        StateField.of(below).put(order, "kept");
        assertEquals(2 * 2, Woven.whileTracerThrows(() -> wrapped(order)));
        StateField.of(below).put(order, null);
        assertEquals(0, Woven.whileTracerThrows(() -> wrapped(order)));
        woven.record();
      }
    }
  }

  /** Once to its end, and once to an exception. */
  private static Object wrapped(Object order) throws Exception {
    assertEquals(3.0, wrap(order, 1, 2));
    return assertThrows(InvocationTargetException.class, () -> wrap(order, -1, 2));
  }

  private static Object wrap(Object order, long paper, int ribbons) throws Exception {
    return order
        .getClass()
        .getMethod("wrap", long.class, int[].class, String.class)
        .invoke(order, paper, new int[ribbons], "red");
  }

  @Test
  void what_others_make_of_it_works() throws Exception {
    Class<?> woven = copies.loadClass(RushOrder.class.getName());
    Object real = woven.getConstructor().newInstance();
    StateField.of(woven).put(real, "real");

    Enhancer enhancer = new Enhancer();
    enhancer.setSuperclass(woven);
    enhancer.setClassLoader(copies);
    enhancer.setUseCache(false);
    enhancer.setCallback((MethodInterceptor) (self, m, args, call) -> call.invokeSuper(self, args));
    Object below = enhancer.create();
    below.getClass().getDeclaredMethods();
    assertEquals("woven", below.getClass().getMethod("call").invoke(below));
    assertNull(StateField.of(below.getClass()).get(below));

    List<Class<?>> interfaces = new ArrayList<>();
    for (Class<?> above = woven; above != null; above = above.getSuperclass()) {
      interfaces.addAll(List.of(above.getInterfaces()));
    }
    List<String> asked = new ArrayList<>();
    Object proxy =
        Proxy.newProxyInstance(
            copies,
            interfaces.toArray(new Class<?>[0]),
            (self, method, arguments) -> {
              asked.add(method.getName());
              return method.invoke(real, arguments);
            });
    assertNull(StateField.of(proxy.getClass()));
    assertEquals(List.of(), asked);
    assertEquals("woven", Sold.class.getMethod("call").invoke(proxy));
  }

  @Test
  void others_change_it_while_it_is_woven_and_after() throws Exception {
    Class<?> woven = copies.loadClass(Order.class.getName());
    Object order = woven.getConstructor().newInstance();
    StateField field = StateField.of(woven);
    field.put(order, "kept");
    byte[] changed = Copies.file(Order.class.getName());

    JVM.retransformClasses(woven);
    JVM.redefineClasses(new ClassDefinition(woven, changed));
    assertEquals("woven", call(woven));
    weaving.off("orders");
    assertEquals("called", call(woven));
    JVM.retransformClasses(woven);
    JVM.redefineClasses(new ClassDefinition(woven, changed));
    assertEquals("called", call(woven));
    assertEquals("kept", field.get(order));
    assertEquals(List.of(), told.lines);
  }

  @Test
  void others_change_it_while_weaving_fails() throws Exception {
    Class<?> woven = copies.loadClass(Order.class.getName());
    told.fails = true;
    JVM.retransformClasses(woven);
    assertEquals("called", call(woven));
    assertEquals(List.of("failed " + Order.class.getName()), told.lines);
    told.fails = false;
    JVM.retransformClasses(woven);
    assertEquals("woven", call(woven));
  }

  @Test
  void bytes_that_were_taken_of_a_woven_class_are_taken_back() throws Exception {
    Class<?> woven = copies.loadClass(Order.class.getName());
    byte[] taken = bytes(woven);
    weaving.off("orders");
    JVM.redefineClasses(new ClassDefinition(woven, taken));
    assertEquals("woven", call(woven));
  }

  @Test
  void a_class_that_was_loaded_before_is_woven_in_its_own_shape() throws Exception {
    stop();
    Class<?> early = copies.loadClass(Order.class.getName());
    Weaving late = new Weaving(JVM, plain, (hooks, event) -> 0, told);
    late.add(new Libraries());
    late.install();
    try {
      assertEquals("woven", call(early));
      assertEquals(List.of(), synthetic(early));
      assertNull(StateField.of(early));
      late.off("orders");
      JVM.retransformClasses(early);
      assertEquals(List.of(), told.lines);
    } finally {
      JVM.removeTransformer(late);
    }
  }

  private static Object call(Class<?> type) throws Exception {
    return type.getMethod("call").invoke(type.getConstructor().newInstance());
  }

  private static long uid(Class<?> type) {
    return ObjectStreamClass.lookup(type).getSerialVersionUID();
  }

  private static byte[] write(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static List<String> synthetic(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(Field::isSynthetic)
        .map(Field::getName)
        .toList();
  }

  private static TreeSet<String> names(Method[] methods) {
    TreeSet<String> names = new TreeSet<>();
    for (Method method : methods) names.add(method.toString());
    return names;
  }

  /** As the last transformer of the JVM sees it. */
  private static byte[] bytes(Class<?> type) throws Exception {
    byte[][] seen = new byte[1][];
    ClassFileTransformer last =
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader, String name, Class<?> of, ProtectionDomain domain, byte[] file) {
            if (of == type) seen[0] = file;
            return null;
          }
        };
    JVM.addTransformer(last, true);
    try {
      JVM.retransformClasses(type);
    } finally {
      JVM.removeTransformer(last);
    }
    return seen[0];
  }

  public interface Sold extends Callable<Object> {
    @Override
    Object call();
  }

  /** Without a serialVersionUID. */
  public static class Order implements Sold, Serializable {
    public int lines;

    @Override
    public Object call() {
      return "called";
    }
  }

  public static class RushOrder extends Order {
    @Override
    public Object call() {
      return "called";
    }
  }

  public static class GiftOrder {
    public double wrap(long paper, int[] ribbons, String colour) {
      double all = paper;
      for (int i = 0; i < ribbons.length; i++) {
        String loop = colour + i;
        if (loop.isEmpty()) return -1;
        all++;
      }
      try {
        if (all < ribbons.length) throw new IllegalArgumentException(colour);
      } finally {
        ribbons = null;
      }
      return all;
    }
  }

  public static class ParcelOrder extends GiftOrder {
    @Override
    public double wrap(long paper, int[] ribbons, String colour) {
      return super.wrap(paper, ribbons, colour);
    }
  }

  private static final class Libraries extends LibraryInstrumentation {
    Libraries() {
      super("orders");
    }

    @Override
    public void weave(Weaver weaver) {
      String outer = AddedFieldTest.class.getName();
      for (String type : new String[] {"$Order", "$RushOrder"}) {
        weaver.in(outer + type).stateHolder().weave("call", "()Ljava/lang/Object;", Called.class);
      }
      for (String type : new String[] {"$GiftOrder", "$ParcelOrder"}) {
        weaver
            .in(outer + type)
            .bracket("wrap", "(J[ILjava/lang/String;)D", Object.class, "enter", "leave");
      }
    }
  }

  static final class Called {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return(readOnly = false) Object result) {
      result = "woven";
    }
  }

  /** A copy of the orders' classes of its own. */
  private static final class Copies extends ClassLoader {
    Copies() {
      super(AddedFieldTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.endsWith("Order")) return super.loadClass(name, resolve);
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      try {
        byte[] file = file(name);
        return defineClass(name, file, 0, file.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    static byte[] file(String name) throws IOException {
      String resource = name.replace('.', '/') + ".class";
      try (InputStream in = AddedFieldTest.class.getClassLoader().getResourceAsStream(resource)) {
        return in.readAllBytes();
      }
    }

    Object read(byte[] stream) throws Exception {
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(stream)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws ClassNotFoundException {
              return Class.forName(type.getName(), false, Copies.this);
            }
          }) {
        return in.readObject();
      }
    }
  }

  private static final class Told implements Weaving.Log {
    final List<String> lines = new ArrayList<>();
    boolean fails;

    @Override
    public void woven(String instrumentation, String type, String source) {
      if (fails) throw new IllegalStateException("made up");
    }

    @Override
    public void failed(String type, Throwable error) {
      lines.add("failed " + type);
    }

    @Override
    public void weaves(int loaded, int wanted) {}

    @Override
    public void stuck(String type, Throwable error) {
      lines.add("stuck " + type);
    }

    @Override
    public void hidden(String type, ClassLoader loader) {
      lines.add("hidden " + type);
    }

    @Override
    public void applicationStarts() {}
  }
}
