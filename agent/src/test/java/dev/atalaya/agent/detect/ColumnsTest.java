package dev.atalaya.agent.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM t WHERE id = ?                         | id",
        "SELECT * FROM t WHERE t.\"order_id\"=? LIMIT ?       | order_id",
        "select * from `s`.`t` where `s`.`t`.`a` = ?          | a",
        "SELECT * FROM t WHERE [T].[a] = ? AND b > ?          | a",
        "SELECT * FROM t WHERE a = ? AND b = ?                |",
        "SELECT * FROM t WHERE a >= ?                         |",
        "SELECT * FROM t WHERE lower(a) = ?                   |",
        "SELECT * FROM t WHERE a = b                          |",
        "UPDATE t SET a = ? WHERE id = ?                      | id",
        "UPDATE t SET a = ?                                   |",
        "''                                                   |",
      })
  void a_column_is_named_where_there_is_one(String sql, String column) {
    if (column == null) assertNull(Columns.equal(sql));
    else assertEquals(column, Columns.equal(sql));
  }
}
