package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.api.Test;

/** What the check of rules has to say of a mistake, on {@link Shop}, a library of its own. */
class RuleCheckTest {
  private static final String SHOP = Shop.class.getName();
  private static final String FIND = "find(Ljava/lang/String;I)Ljava/lang/Object;";

  @Test
  void what_fits_is_no_fault() throws Exception {
    assertEquals(
        List.of(),
        faults(
            weaver ->
                weaver
                    .in(SHOP)
                    .weave("find", "(Ljava/lang/String;I)Ljava/lang/Object;", First.class)));
  }

  @Test
  void a_wrong_descriptor_names_the_method_that_may_be_meant() throws Exception {
    String fault =
        fault(
            weaver ->
                weaver
                    .in(SHOP)
                    .weave("close", "()V", Nothing.class)
                    .weave("find", "(Ljava/lang/String;)Ljava/lang/Object;", First.class));
    assertTrue(
        fault.startsWith(
            SHOP
                + ".find(Ljava/lang/String;)Ljava/lang/Object; is nowhere; nearest:\n    "
                + FIND
                + " in "
                + SHOP
                + " of shop 1.0"),
        fault);
  }

  @Test
  void a_misspelt_name_names_it_as_well() throws Exception {
    String fault = fault(weaver -> weaver.in(SHOP).weave("clsoe", "()V", Nothing.class));
    assertTrue(
        fault.startsWith(SHOP + ": none of its methods is there; nearest:\n    close()V"), fault);
  }

  @Test
  void a_type_that_is_nowhere_is_a_fault() throws Exception {
    assertEquals(
        "shop.Cart is nowhere",
        fault(weaver -> weaver.in("shop.Cart").weave("close", "()V", Nothing.class)));
  }

  @Test
  void nothing_below_a_type_is_a_fault() throws Exception {
    String fault =
        fault(
            weaver ->
                weaver
                    .inSubtypesOf(Stock.class.getName())
                    .marked("()" + Stock.class.descriptorString())
                    .weave("order", "(I)V", Nothing.class));
    assertTrue(fault.contains("nearest:\n    order(J)V in "), fault);
  }

  @Test
  void advice_that_asks_for_an_argument_that_is_not_there_does_not_fit() throws Exception {
    String fault = faults(weaver -> weaver.in(SHOP).weave("close", "()V", First.class)).get(0);
    assertTrue(fault.startsWith("the advice does not fit " + SHOP + " of shop 1.0"), fault);
  }

  @Test
  void advice_that_asks_for_an_argument_of_another_type_does_not_fit() throws Exception {
    String fault =
        faults(
                weaver ->
                    weaver
                        .in(SHOP)
                        .weave("find", "(Ljava/lang/String;I)Ljava/lang/Object;", Second.class))
            .get(0);
    assertTrue(fault.startsWith("the advice does not fit"), fault);
  }

  @Test
  void advice_that_asks_for_a_field_that_is_not_there_does_not_fit() throws Exception {
    String fault = faults(weaver -> weaver.in(SHOP).weave("close", "()V", Field.class)).get(0);
    assertTrue(fault.startsWith("the advice does not fit"), fault);
  }

  @Test
  void one_method_of_several_types_has_to_be_in_one_of_them() throws Exception {
    assertEquals(
        List.of(),
        faults(
            weaver -> {
              for (Class<?> type : List.of(Shop.class, Shelf.class)) {
                weaver
                    .in(type.getName())
                    .weave("close", "()V", Nothing.class)
                    .weave("order", "(J)V", Nothing.class);
              }
            }));
  }

  @Test
  void a_version_that_the_doctor_would_not_know_is_no_tested_one() throws Exception {
    assertEquals(
        SHOP + " of shop 1.0 has not what its rule needs",
        fault(
            weaver -> {
              weaver
                  .in(SHOP)
                  .needs("order")
                  .weave("close", "()V", Nothing.class)
                  .weave("order", "(J)V", Nothing.class);
              weaver.in(Shelf.class.getName()).weave("order", "(J)V", Nothing.class);
            }));
  }

  @Test
  void what_is_in_all_versions_is_not_of_some() throws Exception {
    assertEquals(
        SHOP + " has them in all versions",
        fault(weaver -> weaver.in(SHOP).ofSomeVersions().weave("close", "()V", Nothing.class)));
  }

  private static String fault(Consumer<Weaver> wishes) throws IOException {
    List<String> faults = faults(wishes);
    assertEquals(1, faults.size(), faults::toString);
    return faults.get(0);
  }

  private static List<String> faults(Consumer<Weaver> wishes) throws IOException {
    RuleCheck check =
        new RuleCheck(
            new LibraryInstrumentation("shop") {
              @Override
              public void weave(Weaver weaver) {
                wishes.accept(weaver);
              }
            });
    Path tests =
        Path.of(RuleCheckTest.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (ClassFiles classes = ClassFiles.of("shop 1.0", List.of(tests))) {
      check.lookAt(classes);
    }
    return check.faults();
  }

  static class Shop {
    Object find(String name, int most) {
      return name + most;
    }

    void close() {}
  }

  interface Stock {
    void order(long article);
  }

  static class Shelf implements Stock {
    @Override
    public void order(long article) {}

    Stock itself() {
      return this;
    }
  }

  static final class First {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) String name) {}
  }

  static final class Second {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(1) String name) {}
  }

  static final class Field {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("till") String till) {}
  }

  static final class Nothing {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {}
  }
}
