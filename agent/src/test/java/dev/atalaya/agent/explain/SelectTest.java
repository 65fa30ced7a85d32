package dev.atalaya.agent.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.atalaya.agent.sql.SqlDialect;
import dev.atalaya.agent.sql.SqlText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements are explained, and what is read from their text. */
class SelectTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM orders WHERE id = ?",
        "select upper(name), replace(name, 'a', 'b') from orders where id = 7;",
        "WITH recent AS (SELECT * FROM orders WHERE day > ?) SELECT * FROM recent",
        "SELECT * FROM orders WHERE id = ? FOR UPDATE",
        "SELECT * FROM orders WHERE id = ? FOR NO KEY UPDATE SKIP LOCKED",
        "SELECT \"into\", updated_at FROM orders WHERE id IN (1, 2, 3) LIMIT 10",
        "SELECT nextval('ids')",
        "SELECT a || ? FROM orders WHERE b = ?||?",
      })
  void a_single_select_is_explained(String sql) {
    assertNotNull(of(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INSERT INTO orders (id) VALUES (?) RETURNING id",
        "WITH gone AS (DELETE FROM orders RETURNING id) SELECT * FROM gone",
        "WITH changed AS (UPDATE orders SET a = 1 RETURNING id) SELECT * FROM changed",
        "WITH x AS (SELECT 1) INSERT INTO orders SELECT * FROM x",
        "SELECT * INTO copies FROM orders",
        "SELECT * FROM orders INTO OUTFILE '/tmp/orders'",
        "SELECT 1; DELETE FROM orders",
        "SELECT 1; SELECT 2",
        "UPDATE orders SET a = ?",
        "VALUES (1)",
        "EXPLAIN ANALYZE SELECT 1",
        "SELECT * FROM docs WHERE body ?? 'key'",
        "SELECT * FROM docs WHERE body ??| array['a']",
        "SELECT * FROM docs WHERE body ? 'key'",
        "SELECT * FROM docs WHERE body ?& array['a']",
        "SELECT * FROM docs WHERE body @? '$.a'",
      })
  void what_may_do_more_is_not(String sql) {
    assertNull(of(sql));
  }

  @Test
  void a_text_that_may_be_cut_off_is_not() {
    assertNull(of("SELECT * FROM orders WHERE " + "a = ? OR ".repeat(2_000) + "b = ?"));
  }

  @Test
  void each_value_is_replaced_by_its_number() {
    Select select = of("SELECT \"a?\" FROM t WHERE b = 'x' AND c IN (1, 2) AND d LIKE ? LIMIT 5");
    assertEquals(
        "SELECT \"a?\" FROM t WHERE b = $0 AND c IN ($1) AND d LIKE $2 LIMIT $3",
        select.with(i -> "$" + i));
    assertEquals("[false, false, false, true]", limits(select));
  }

  @Test
  void a_table_is_found_by_its_alias() {
    Select select =
        of("SELECT * FROM shop.orders AS o JOIN `order items` i ON i.o = o.id, plain, a.b WHERE 1");
    assertEquals("shop.orders", select.table("o"));
    assertEquals("`order items`", select.table("i"));
    assertEquals("plain", select.table("PLAIN"));
    assertEquals("a.b", select.table("b"));
    assertNull(select.table("nowhere"));
  }

  @Test
  void the_order_is_that_of_one_table() {
    assertEquals("day", of("SELECT * FROM t WHERE a = 1 ORDER BY t.day DESC LIMIT 3").order());
    assertNull(of("SELECT * FROM t, u WHERE a = 1 ORDER BY day").order());
    assertNull(of("SELECT * FROM t JOIN u ON t.a = u.a ORDER BY day").order());
    assertNull(of("SELECT * FROM t ORDER BY lower(name)").order());
    assertNull(of("SELECT * FROM t").order());
  }

  private static Select of(String sql) {
    return Select.of(SqlText.of(sql, SqlDialect.POSTGRESQL).text(), SqlDialect.POSTGRESQL);
  }

  private static String limits(Select select) {
    Boolean[] limits = new Boolean[select.values()];
    for (int i = 0; i < limits.length; i++) limits[i] = select.limits(i);
    return java.util.Arrays.toString(limits);
  }
}
