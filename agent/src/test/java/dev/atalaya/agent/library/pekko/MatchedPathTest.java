package dev.atalaya.agent.library.pekko;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MatchedPathTest {
  private static final String PATH = "/shop/orders/17/lines/3";

  private final MatchedPath path = new MatchedPath();

  /** As Pekko's, which is known by what follows. */
  public static final class Rest {
    private final int characters;

    Rest(int characters) {
      this.characters = characters;
    }

    public int charCount() {
      return characters;
    }
  }

  /** A literal is looked for where so much of the path has been matched. */
  private void tries(String literal, String matched) {
    if (!PATH.startsWith(matched + literal)) return;
    int from = PATH.length() - matched.length();
    path.found(literal, new Rest(from), new Rest(from - literal.length()));
  }

  private String upTo(String matched) {
    return path.template(PATH.length() - matched.length());
  }

  private void triesOrders() {
    tries("/", "");
    tries("shop", "/");
    tries("/", "/shop");
    tries("orders", "/shop/");
    tries("/", "/shop/orders");
  }

  @Test
  void what_is_no_literal_is_an_asterisk() {
    triesOrders();
    tries("/", "/shop/orders/17");
    tries("lines", "/shop/orders/17/");
    tries("/", "/shop/orders/17/lines");
    assertEquals("/shop/orders/*/lines/*", upTo(PATH));
  }

  @Test
  void so_is_what_is_left_unmatched() {
    triesOrders();
    assertEquals("/shop/orders/*/*", upTo("/shop/orders/17"));
    assertEquals("/shop/orders/*", upTo("/shop/orders/"));
    assertEquals("/shop/*", upTo("/shop"));
    assertEquals("", upTo(""));
  }

  @Test
  void a_route_takes_the_place_of_one_that_was_tried_before() {
    triesOrders();
    tries("/", "/shop/orders/17");
    tries("lines", "/shop/orders/17/");
    tries("/", "/shop/orders/17");
    tries("items", "/shop/orders/17/");
    assertEquals("/shop/orders/*/*", upTo(PATH));
    tries("/", "/shop");
    tries("books", "/shop/");
    assertEquals("/shop/*", upTo(PATH));
  }

  @Test
  void what_was_repeated_is_one_asterisk() {
    triesOrders();
    tries("/", "/shop/orders/17");
    tries("/", "/shop/orders/17/lines");
    path.forget(PATH.length() - "/shop/orders/".length());
    assertEquals("/shop/orders/*", upTo(PATH));
  }

  @Test
  void nothing_is_told_where_no_literal_matched() {
    tries("/books", "");
    assertEquals("", upTo(PATH));
    assertEquals("", upTo(""));
  }
}
