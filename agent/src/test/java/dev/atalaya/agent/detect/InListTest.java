package dev.atalaya.agent.detect;

import static dev.atalaya.agent.detect.Suggesting.select;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InListTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT name FROM t WHERE id = ?              | SELECT id, name FROM t WHERE id IN (:v)",
        "select t.a from t where t.b=? order by t.a   | select t.b, t.a from t where t.b IN (:v)"
            + " order by t.a",
        "SELECT DISTINCT a FROM t WHERE b = ?         | SELECT DISTINCT b, a FROM t WHERE b IN"
            + " (:v)",
        "SELECT b, a FROM t WHERE b = ? AND a > b     | SELECT b, a FROM t WHERE b IN (:v) AND a >"
            + " b",
        "SELECT * FROM t WHERE b = ?                  | SELECT * FROM t WHERE b IN (:v)",
        "SELECT count(*) FROM t WHERE b = ?           | SELECT b, count(*) FROM t WHERE b IN (:v)"
            + " GROUP BY b",
        "SELECT count(*) FROM t WHERE b = ? GROUP BY c  |",
        "SELECT a FROM t WHERE b = ? LIMIT ?            |",
        "SELECT a FROM t WHERE b = ? LIMIT 1            |",
        "SELECT a FROM t WHERE b = ? AND c > ?          |",
        "SELECT a FROM t WHERE b = (SELECT max(c) FROM u WHERE d = ?) |",
        "SELECT a FROM t WHERE b = cast(? as int)       |",
        "UPDATE t SET a = b WHERE c = ?                 |",
      })
  void a_statement_by_one_value_is_rewritten_for_many(String sql, String many) {
    assertEquals(many, InList.of(select(sql, "t"), "(:v)"));
  }
}
