package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the jar says is to be woven is what the instrumentations say. */
class WeaveIndexTest {
  @Test
  void a_start_reads_what_the_instrumentations_want() throws Exception {
    WeaveIndex read = read(WeaveIndex.print(getClass().getClassLoader()));

    List<String> names = new ArrayList<>();
    for (LibraryInstrumentation asked : ServiceLoader.load(LibraryInstrumentation.class)) {
      Weaver weaver = new Weaver(asked.name());
      asked.weave(weaver);
      names.add(asked.name());
      assertEquals(described(weaver.rules()), described(read.rules(asked.name())));
      assertEquals(asked.coverage().versions(), read.versions(asked.name()));
    }
    assertEquals(names, new ArrayList<>(read.instrumentations()));
    assertTrue(names.size() > 30, names.size() + " instrumentations");
  }

  /** The build's JVM prints it, all others read it. */
  @Test
  void nothing_depends_on_the_jvm_that_asks() {
    ClassLoader loader = getClass().getClassLoader();
    String here = WeaveIndex.print(loader);
    String version = System.getProperty("java.specification.version");
    try {
      System.setProperty("java.specification.version", "1.8");
      assertEquals(here, WeaveIndex.print(loader));
    } finally {
      System.setProperty("java.specification.version", version);
    }
  }

  @Test
  void all_that_can_be_said_is_kept() throws Exception {
    LibraryInstrumentation all =
        new LibraryInstrumentation("all") {
          @Override
          public void weave(Weaver weaver) {
            weaver.around("shop.Traced", One.class);
            weaver
                .in("shop.Cart")
                .weave("close", null, One.class)
                .weaveOthers("set", "(I", Two.class);
            weaver
                .inSubtypesOf("javax.servlet.Servlet")
                .stateHolder()
                .stays()
                .leftToSuper()
                .ofSomeVersions()
                .needs("service", "init")
                .withoutBridge()
                .marked("Ljavax/servlet/ServletConfig;")
                .marked("Lshop/Mark;")
                .except("shop.pool.", "shop.proxy.")
                .around("service", "(Ljavax/servlet/ServletRequest;)V", Two.class)
                .andJakarta();
          }
        };
    Weaver weaver = new Weaver("all");
    all.weave(weaver);

    StringBuilder text = new StringBuilder("all\t\n");
    for (Rule rule : weaver.rules()) WeaveIndex.print(rule, text);

    assertEquals(described(weaver.rules()), described(read(text.toString()).rules("all")));
  }

  private static WeaveIndex read(String text) throws Exception {
    return WeaveIndex.read(new BufferedReader(new StringReader(text)));
  }

  /** All fields, so that one that is added is seen to be missing in the index. */
  private static List<String> described(List<Rule> rules) throws Exception {
    List<String> all = new ArrayList<>();
    for (Rule rule : rules) {
      all.add(described((Object) rule));
      for (Rule.Method method : rule.methods) all.add(described((Object) method));
    }
    return all;
  }

  private static String described(Object object) throws Exception {
    StringBuilder text = new StringBuilder();
    for (var field : object.getClass().getDeclaredFields()) {
      if (field.getName().equals("methods")) continue;
      field.setAccessible(true);
      text.append(field.getName()).append('=').append(field.get(object)).append(' ');
    }
    return text.toString();
  }

  static final class One {}

  static final class Two {}
}
