package dev.atalaya.agent.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.callsite.CallSite;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void the_longest_beginning_holds() {
    assertTrue(Catalogue.of("org.springframework.data.redis.A").is(Trait.SPRING_REDIS));
    assertTrue(Catalogue.of("org.springframework.data.jpa.A").is(Trait.SPRING_DATA));
    assertTrue(Catalogue.of("org.springframework.web.A").is(Trait.FRAMEWORK));
    assertTrue(Catalogue.of("org.apache.commons.dbcp.A").is(Trait.POOL));
    assertNull(Catalogue.of("com.acme.A"));
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
  void what_a_suggestion_is_made_for_has_a_trait() {
    for (CallSite.Library one : CallSite.Library.values()) {
      String[] found = Catalogue.beginnings(Trait.valueOf(one.name()));
      assertTrue(found.length > 0, one.name());
    }
    assertTrue(Catalogue.of("org.hibernate.Session").is(Trait.HIBERNATE));
    assertFalse(Catalogue.of("org.hibernate.Session").is(Trait.HIBERNATE_LAZY));
  }
}
