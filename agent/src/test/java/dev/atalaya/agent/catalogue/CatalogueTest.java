package dev.atalaya.agent.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void the_longest_beginning_holds() {
    assertTrue(has("org.springframework.data.redis.A", "spring-redis"));
    assertTrue(has("org.springframework.data.jpa.A", "spring-data"));
    assertTrue(Catalogue.of("org.springframework.web.A").is(Trait.FRAMEWORK));
    assertTrue(Catalogue.of("org.apache.commons.dbcp.A").is(Trait.POOL));
    assertNull(Catalogue.of("com.acme.A"));
  }

  @Test
  void a_part_of_a_library_is_the_library_and_more() {
    assertTrue(has("org.hibernate.Session", "hibernate"));
    assertFalse(has("org.hibernate.Session", "hibernate-identity"));
    String part = "org.hibernate.action.internal.EntityIdentityInsertAction";
    assertTrue(has(part, "hibernate"));
    assertTrue(has(part, "hibernate-identity"));
  }

  @Test
  void each_is_something_and_stands_there_once() {
    Set<String> seen = new HashSet<>();
    for (Trait trait : Trait.values()) {
      for (String one : Catalogue.beginnings(trait)) {
        assertTrue(Catalogue.of(one + "X").is(trait), one);
        seen.add(one);
      }
    }
    assertEquals(Catalogue.size(), seen.size());
  }

  @Test
  void no_two_traits_or_tags_share_a_bit() {
    long bits = 0;
    for (Trait trait : Trait.values()) bits |= trait.bit();
    for (String tag : Catalogue.tags()) bits |= Catalogue.tag(tag);
    assertEquals(Trait.values().length + Catalogue.tags().size(), Long.bitCount(bits));
    assertTrue(bits < 1L << Catalogue.BITS);
  }

  @Test
  void a_tag_that_no_library_has_is_a_mistake() {
    assertThrows(IllegalArgumentException.class, () -> Catalogue.tag("joog"));
  }

  @Test
  void a_beginning_that_two_folders_have_is_a_mistake() {
    Packages known = new Packages();
    known.such(Trait.MAPPER).in("org.jooq.");
    Packages.Such again = known.such(Trait.MAPPER).tagged("jooq");
    assertThrows(IllegalArgumentException.class, () -> again.in("org.jooq."));
  }

  @Test
  void what_libraries_are_is_printed_once_for_all_that_are_the_same() {
    Packages known = new Packages();
    known.such(Trait.POOL).in("b.");
    known.such(Trait.DRIVER, Trait.MAPPER).tagged("x").in("c.");
    known.such(Trait.POOL).in("a.");
    assertEquals(List.of("DRIVER MAPPER x\tc.", "POOL\ta.\tb."), known.text().lines().toList());
  }

  private static boolean has(String className, String tag) {
    return (Catalogue.of(className).bits & Catalogue.tag(tag)) != 0;
  }
}
