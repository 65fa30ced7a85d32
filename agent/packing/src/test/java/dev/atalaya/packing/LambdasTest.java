package dev.atalaya.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Lambdas of all shapes do the same as classes of their own. */
class LambdasTest {
  @Test
  @SuppressWarnings("unchecked")
  void a_lambda_does_the_same_as_a_class() throws Exception {
    Class<?> packed = new Packed().loadClass(Child.class.getName());
    Supplier<List<Object>> again =
        (Supplier<List<Object>>) packed.getDeclaredConstructor().newInstance();
    assertEquals(new Child().get(), again.get());
  }

  @Test
  void no_lambda_is_left_to_the_jvm() throws Exception {
    for (Class<?> type : new Class<?>[] {Child.class, Shapes.class, Named.class}) {
      Map<String, byte[]> all = Lambdas.of(file(type.getName()));
      for (byte[] one : all.values()) {
        String text = new String(one, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("LambdaMetafactory"), type.getName());
      }
    }
    assertEquals(14, Lambdas.of(file(Shapes.class.getName())).size());
  }

  private static byte[] file(String name) throws Exception {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = LambdasTest.class.getClassLoader().getResourceAsStream(file)) {
      return in.readAllBytes();
    }
  }

  /** Defines this test's own classes as they are packed. */
  private static final class Packed extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    Packed() throws Exception {
      super(LambdasTest.class.getClassLoader());
      for (Class<?> type : new Class<?>[] {Child.class, Shapes.class, Named.class}) {
        Lambdas.of(file(type.getName()))
            .forEach((name, bytes) -> classes.put(name.replace('/', '.'), bytes));
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        byte[] own = classes.get(name);
        if (own == null) return super.loadClass(name, resolve);
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineClass(name, own, 0, own.length);
      }
    }
  }

  public interface Named {
    String name();

    default Supplier<String> twice() {
      return () -> name() + name();
    }

    static Supplier<String> nobody() {
      return () -> "nobody";
    }
  }

  public static class Shapes implements Supplier<List<Object>>, Named {
    private int calls;

    @Override
    public List<Object> get() {
      List<Object> seen = new ArrayList<>();
      int one = 1;
      long two = 2;
      double three = 3;
      Supplier<String> captures = () -> one + " " + two + " " + three + " " + calls;
      Supplier<Integer> boxes = () -> one;
      ToLongFunction<Integer> unboxesAndWidens = Integer::intValue;
      ToDoubleFunction<List<Object>> widens = List::size;
      IntToLongFunction same = i -> i;
      Function<String, Object> casts = text -> text.substring(1);
      BiFunction<String, String, Integer> compares = String::compareTo;
      Function<String, StringBuilder> constructs = StringBuilder::new;
      IntFunction<int[]> array = int[]::new;
      Consumer<Object> drops = seen::add;
      Runnable ofClass = this::count;
      Supplier<Object> ofParent = super::toString;
      Function<Integer, Long> ofStatic = Shapes::doubled;
      ofClass.run();
      drops.accept("dropped");
      seen.addAll(Arrays.asList(captures.get(), boxes.get(), unboxesAndWidens.applyAsLong(7)));
      seen.addAll(Arrays.asList(widens.applyAsDouble(seen), same.applyAsLong(-1)));
      seen.addAll(Arrays.asList(casts.apply("text"), compares.apply("a", "b")));
      seen.addAll(Arrays.asList(constructs.apply("new").toString(), array.apply(3).length));
      seen.addAll(Arrays.asList(ofParent.get() != null, ofStatic.apply(21), calls));
      seen.addAll(Arrays.asList(twice().get(), Named.nobody().get()));
      return seen;
    }

    private void count() {
      calls++;
    }

    private static long doubled(int number) {
      return 2L * number;
    }

    @Override
    public String name() {
      return "shape";
    }
  }

  /** Has methods and lambdas of the same names. */
  public static final class Child extends Shapes {
    @Override
    public List<Object> get() {
      int one = 10;
      Supplier<Integer> own = () -> one;
      Runnable counts = this::count;
      counts.run();
      List<Object> all = super.get();
      all.addAll(Arrays.asList(own.get(), counted));
      return all;
    }

    private int counted;

    private void count() {
      counted++;
    }
  }
}
