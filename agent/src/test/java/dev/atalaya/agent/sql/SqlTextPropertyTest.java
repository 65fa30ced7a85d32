package dev.atalaya.agent.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all statements, tried on many that a seeded generator writes. */
class SqlTextPropertyTest {
  private static final int STATEMENTS = 3_000;

  @ParameterizedTest
  @EnumSource
  void no_literal_survives(SqlDialect dialect) {
    Statements statements = new Statements(dialect);
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = statements.next();
      SqlText text = SqlText.of(sql, dialect);
      String all = text.text() + text.summary() + text.operation() + text.collection();
      assertFalse(all.toLowerCase(Locale.ROOT).contains("canary"), () -> sql + "\n" + text.text());
      assertFalse(all.contains("4711"), () -> sql + "\n" + text.text());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_template_is_its_own_template(SqlDialect dialect) {
    Statements statements = new Statements(dialect);
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = statements.next();
      SqlText once = SqlText.of(sql, dialect);
      SqlText twice = SqlText.of(once.text(), dialect);
      assertEquals(once.text(), twice.text(), sql);
      assertEquals(once.summary(), twice.summary(), sql);
    }
  }

  /** So that a result does not depend on which API was used. */
  @ParameterizedTest
  @EnumSource
  void what_is_prepared_has_the_positions_of_its_literals(SqlDialect dialect) {
    Statements statements = new Statements(dialect);
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = statements.next();
      SqlText literal = SqlText.of(sql, dialect);
      SqlText prepared = SqlText.of(literal.text(), dialect);
      assertArrayEquals(literal.contexts(), prepared.contexts(), sql);
      assertEquals(literal.hash(), prepared.hash(), sql);
      assertEquals(literal.kind(), prepared.kind(), sql);
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_literal_survives_where_a_statement_is_cut_off(SqlDialect dialect) {
    Statements statements = new Statements(dialect);
    for (int i = 0; i < STATEMENTS / 30; i++) {
      String sql = statements.next();
      for (int end = 0; end < sql.length(); end++) {
        String cut = sql.substring(0, end);
        SqlText text = SqlText.of(cut, dialect);
        String all = text.text() + text.summary() + text.operation() + text.collection();
        assertFalse(all.contains("cana"), () -> cut + "\n" + text.text());
        assertFalse(all.contains("471"), () -> cut + "\n" + text.text());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void other_literals_make_no_other_template(SqlDialect dialect) {
    Statements statements = new Statements(dialect);
    for (int i = 0; i < STATEMENTS; i++) {
      String sql = statements.next();
      String other = sql.replace("canary", "x").replace("4711", "8");
      SqlText one = SqlText.of(sql, dialect);
      SqlText two = SqlText.of(other, dialect);
      assertEquals(one.text(), two.text(), sql);
      assertEquals(one.hash(), two.hash(), sql);
      assertEquals(one.contexts().length, two.contexts().length, sql);
    }
  }

  @ParameterizedTest
  @EnumSource
  void any_soup_of_tokens_is_read_to_its_end(SqlDialect dialect) {
    Random random = new Random(11);
    String[] tokens = {
      "'",
      "\"",
      "`",
      "[",
      "]",
      "(",
      ")",
      "{",
      "}",
      "$$",
      "$a$",
      "/*",
      "*/",
      "--",
      "\n",
      "#",
      "//",
      ",",
      ";",
      ".",
      "?",
      "??",
      ":",
      "::",
      "@",
      "%s",
      "\\",
      "-",
      "+",
      "1",
      "a",
      " ",
      " ",
      "SELECT ",
      " FROM ",
      " IN ",
      "VALUES ",
      " UNION ALL ",
      "q'",
      "E'",
      "DATE ",
      " SET ",
      "=",
      "<",
      "\uD83D"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder sql = new StringBuilder();
      for (int n = random.nextInt(25); n >= 0; n--)
        sql.append(tokens[random.nextInt(tokens.length)]);
      SqlText text = SqlText.of(sql.toString(), dialect);
      assertTrue(text.text().length() <= 2 * sql.length(), sql::toString);
      assertTrue(text.literalHashes().length <= text.contexts().length);
    }
  }

  /** Valid statements whose every literal holds {@code canary} or {@code 4711}. */
  private static final class Statements {
    private final Random random = new Random(42);
    private final SqlDialect dialect;

    Statements(SqlDialect dialect) {
      this.dialect = dialect;
    }

    String next() {
      switch (random.nextInt(6)) {
        case 0:
          return "INSERT INTO " + table() + " (a, b)" + blank() + "VALUES " + rows();
        case 1:
          return "UPDATE " + table() + " SET a = " + value() + ", b=" + value() + where(2);
        case 2:
          return "DELETE FROM " + table() + where(2);
        case 3:
          return select(2) + " UNION ALL " + select(1) + " UNION ALL " + select(1);
        case 4:
          return "WITH c AS (" + select(1) + ") SELECT a FROM c" + where(1);
        default:
          return select(3);
      }
    }

    private String select(int depth) {
      String limit = random.nextInt(3) == 0 ? " ORDER BY a" + blank() + "LIMIT 4711" : "";
      String from = depth > 1 && random.nextInt(4) == 0 ? "(" + select(depth - 1) + ") x" : table();
      return "SELECT" + blank() + "a, " + value() + " FROM " + from + where(depth) + limit;
    }

    private String where(int depth) {
      StringBuilder out = new StringBuilder(blank() + "WHERE a = " + value());
      for (int n = random.nextInt(4); n > 0; n--) {
        out.append(random.nextBoolean() ? " AND " : " OR ");
        switch (random.nextInt(depth > 1 ? 11 : 10)) {
          case 0:
            out.append("b IN (").append(list()).append(')');
            break;
          case 1:
            out.append("b BETWEEN ").append(value()).append(" AND ").append(value());
            break;
          case 2:
            out.append("(b LIKE ").append(string()).append(" OR c>").append(number()).append(')');
            break;
          case 3:
            out.append("f(b, ").append(value()).append(")<>").append(value());
            break;
          case 4:
            out.append("b=").append(value());
            break;
          case 5:
            out.append("d > DATE '4711-01-31'");
            break;
          case 6:
            out.append("e = ?");
            break;
          case 7:
            out.append("e = ").append(pick("TRUE", "FALSE", "true"));
            break;
          case 8:
            out.append("d > ").append(pick("TIMESTAMP '4711-01-31 10:00'", "TIME '47:11'"));
            break;
          case 9:
            out.append("d > now() - INTERVAL '4711' DAY");
            break;
          default:
            out.append("b IN (").append(select(depth - 1)).append(')');
        }
      }
      return out.toString();
    }

    private String rows() {
      StringBuilder out = new StringBuilder();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        out.append('(').append(value()).append(',').append(value()).append(n > 1 ? ")," : ")");
      }
      return out.toString();
    }

    private String list() {
      StringBuilder out = new StringBuilder(value());
      for (int n = random.nextInt(5); n > 0; n--) out.append(blank()).append(',').append(value());
      return out.toString();
    }

    private String value() {
      return random.nextBoolean() ? number() : string();
    }

    private String number() {
      String[] forms = {
        "4711", "-4711", "4711.5", "0.4711", "4711e10", "4711E-3", "+4711", "04711"
      };
      return forms[random.nextInt(forms.length)];
    }

    private String string() {
      String content =
          new String[] {"canary", "it''s canary", "", "canary -- x", "/* canary", "?;)", "$$canary"}
              [random.nextInt(7)];
      switch (dialect) {
        case POSTGRESQL:
          return pick(
              "'" + content + "'",
              "$$" + content.replace("$", "") + "$$",
              "$t$canary'$t$",
              "E'\\'canary'",
              "'canary\\'",
              "U&'canary'");
        case MYSQL:
        case MARIADB:
          return pick(
              "'" + content + "'",
              "\"canary\"\"'canary\"",
              "'\\'canary'",
              "_utf8'canary'",
              "\"\\\"canary\"",
              "X'4711'");
        case ORACLE:
          return pick("'" + content + "'", "q'[canary's]'", "nq'{canary}'", "N'canary'", "'\\'");
        case SQLSERVER:
          return pick("'" + content + "'", "N'canary'", "'canary\\'");
        default:
          return pick("'" + content + "'", "N'canary'", "X'4711'");
      }
    }

    private String pick(String... forms) {
      return forms[random.nextInt(forms.length)];
    }

    private String table() {
      return pick(
          "t1", "s.t", "\"T\"".replace('"', dialect.doubleQuotedStrings ? '`' : '"'), "orders");
    }

    private String blank() {
      return pick(" ", "\n", "\t ", " /* canary 4711 */ ", " -- canary 4711\n");
    }
  }
}
