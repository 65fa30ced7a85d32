package dev.atalaya.agent.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SqlTextTest {
  private static SqlText of(String sql, SqlDialect dialect) {
    return SqlText.of(sql, dialect);
  }

  private static SqlText of(String sql) {
    return SqlText.of(sql, SqlDialect.POSTGRESQL);
  }

  // ---- Text ------------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          SELECT 1 => SELECT ?
          SELECT -1, +2.5, .5, 1e10, 1.5E-7, 0xFF, 1_000 => SELECT ?, ?, ?, ?, ?, ?, ?
          SELECT a-1, a - 1, a -1, (a)-1 => SELECT a-?, a - ?, a -?, (a)-?
          WHERE a = -1 AND b > - 2 LIMIT -1 => WHERE a = ? AND b > ? LIMIT ?
          SELECT 10L, 5abc => SELECT ?, ?
          WHERE a = 'x' AND b = '' AND c = 'it''s' => WHERE a = ? AND b = ? AND c = ?
          WHERE a = N'x' AND b = n'y' AND c = X'41' AND d = b'01' => WHERE a = ? AND b = ? AND c = ? AND d = ?
          WHERE a LIKE'%x%' => WHERE a LIKE?
          WHERE a = U&'d\\0061t' => WHERE a = ?
          SELECT 'a' 'b', 'c' => SELECT ?, ?
          WHERE d = DATE '2026-01-31' AND t > TIME '10:00' => WHERE d = ? AND t > ?
          WHERE t > TIMESTAMP '2026-01-31' => WHERE t > ?
          WHERE t > TIMESTAMP WITH TIME ZONE '2026-01-31' => WHERE t > ?
          WHERE t AT TIME ZONE 'UTC' > ? => WHERE t AT TIME ZONE ? > ?
          WHERE t > now() - INTERVAL '1 day' => WHERE t > now() - ?
          WHERE t > now() - INTERVAL '1' DAY TO SECOND AND a = b => WHERE t > now() - ? AND a = b
          WHERE d = {d '2026-01-31'} AND t = { ts '2026-01-31 10:00' } => WHERE d = ? AND t = ?
          {call pay(?, 'x')} => {call pay(?, ?)}
          WHERE a = true AND b = FALSE AND c IS NULL => WHERE a = ? AND b = ? AND c IS NULL
          WHERE a = ? AND b = $1 AND c = :name AND d = %s AND e = %(who)s => WHERE a = ? AND b = ? AND c = ? AND d = ? AND e = ?
          SELECT t1.c2 FROM schema1.t1 => SELECT t1.c2 FROM schema1.t1
          SELECT "a 1"."b'c" FROM "T" => SELECT "a 1"."b'c" FROM "T"
          SELECT a::int, '5'::int, ?::uuid => SELECT a::int, ?::int, ?::uuid
          SELECT a  ,  b FROM  t => SELECT a, b FROM t
          SELECT a /* one */ , b -- two => SELECT a, b
          SELECT/*+ INDEX(t) */a FROM t => SELECT a FROM t
          SELECT a /* x /* nested */ secret */ FROM t => SELECT a FROM t
          SELECT a FROM t /* never ends 'secret' => SELECT a FROM t
          select A from T Where b = 1 => select A from T Where b = ?
          WHERE a = 'never ends => WHERE a = ?
          WHERE a = "never ends => WHERE a = ?
          WHERE a->>'name' = 'x' => WHERE a->>? = ?
          WHERE a = f(1, 'x', b) => WHERE a = f(?, ?, b)
          SELECT count( * ) => SELECT count(*)
          CREATE USER u IDENTIFIED BY secret => CREATE USER u IDENTIFIED BY ?
          CREATE USER u IDENTIFIED BY "secret" => CREATE USER u IDENTIFIED BY ?
          SELECT ünïcode FROM 表 WHERE x = '表' => SELECT ünïcode FROM 表 WHERE x = ?
          """)
  void literals_go_and_the_rest_stays(String sql, String template) {
    assertEquals(template, of(sql).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          POSTGRESQL => WHERE a = E'it\\'s' AND b = 1 => WHERE a = ? AND b = ?
          POSTGRESQL => WHERE a = 'C:\\' AND b = 1 => WHERE a = ? AND b = ?
          POSTGRESQL => SELECT $$it's$$, $tag$a $$ b$tag$, c => SELECT ?, ?, c
          POSTGRESQL => WHERE d ? 'k' AND d ?| array['a', 'b'] AND d ?& $1 => WHERE d ? ? AND d ?| array[?] AND d ?& ?
          POSTGRESQL => WHERE d ?? 'k' AND a = ? => WHERE d ?? ? AND a = ?
          POSTGRESQL => WHERE d @> '{"a":1}' AND d @? '$.a' => WHERE d @> ? AND d @? ?
          POSTGRESQL => SELECT a # 5, b #>> '{x}' => SELECT a # ?, b #>> ?
          POSTGRESQL => SELECT 5--1 => SELECT ?
          MYSQL => WHERE a = 'it\\'s' AND b = "x" AND `c d` = 1 => WHERE a = ? AND b = ? AND `c d` = ?
          MYSQL => SELECT 5--1 => SELECT ?-?
          MYSQL => SELECT a # secret => SELECT a
          MYSQL => SELECT _utf8'x', @@version, @user => SELECT ?, @@version, ?
          MYSQL => SELECT /*!40001 SQL_NO_CACHE */ a /* x /* y */ FROM t => SELECT a FROM t
          MYSQL => WHERE d > NOW() - INTERVAL 5 DAY => WHERE d > NOW() - INTERVAL ? DAY
          MARIADB => WHERE a = "it""s \\" here" => WHERE a = ?
          ORACLE => WHERE a = q'[it's]' AND b = Q'{x}' AND c = nq'!y!' AND d = 1 => WHERE a = ? AND b = ? AND c = ? AND d = ?
          ORACLE => SELECT sid FROM v$session WHERE id = :1 => SELECT sid FROM v$session WHERE id = ?
          ORACLE => SELECT * FROM emp@remote WHERE id = 1 => SELECT * FROM emp@remote WHERE id = ?
          SQLSERVER => SELECT [a 'b] FROM [dbo].[t]]x] WHERE a = @p0 AND b = N'x' => SELECT [a 'b] FROM [dbo].[t]]x] WHERE a = ? AND b = ?
          SQLSERVER => SELECT a FROM #tmp WHERE id = 1 AND m = $10.50 => SELECT a FROM #tmp WHERE id = ? AND m = ?
          SQLSERVER => SELECT @@IDENTITY => SELECT @@IDENTITY
          SQLSERVER => WHERE a = "x" => WHERE a = ?
          SQLITE => SELECT [a b] FROM t WHERE a = ?1 AND b = $name AND c = "x" => SELECT [a b] FROM t WHERE a = ? AND b = ? AND c = ?
          H2 => SELECT a // secret => SELECT a
          H2 => SELECT $$it's$$ => SELECT ?
          HSQLDB => SELECT a // secret => SELECT a
          DERBY => SELECT a /* x /* y */ secret */ FROM t => SELECT a FROM t
          DB2 => WHERE a = 'x' AND "b" = GX'00' => WHERE a = ? AND "b" = ?
          OTHER => WHERE a = "x" AND "b"."c" = "d"."e" => WHERE a = ? AND "b"."c" = "d"."e"
          OTHER => WHERE a = 'it\\'s secret' AND b = 'x' => WHERE a = ?
          """)
  void each_dialect_has_its_own_literals(SqlDialect dialect, String sql, String template) {
    assertEquals(template, of(sql, dialect).text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          WHERE a IN (1, 2, 3) => WHERE a IN (?) => 3
          WHERE a IN ( ?,?,? ) AND b = ? => WHERE a IN (?) AND b = ? => 3
          WHERE a NOT IN ('x') => WHERE a NOT IN (?) => 1
          WHERE a IN (?::uuid, ?::uuid) => WHERE a IN (?::uuid) => 2
          WHERE (a, b) IN ((1, 2), (3, 4), (5, 6)) => WHERE (a, b) IN ((?, ?)) => 3
          WHERE a IN (1, 2 + x, 3) => WHERE a IN (?, ? + x, ?) => 3
          WHERE a IN (SELECT b, c FROM t WHERE d IN (1, 2)) => WHERE a IN (SELECT b, c FROM t WHERE d IN (?)) => 2
          WHERE a = ANY(ARRAY[1, 2, 3]) => WHERE a = ANY(ARRAY[?]) => 3
          WHERE a = ANY('{1,2,3}') => WHERE a = ANY(?) => 3
          WHERE a = ANY(?) => WHERE a = ANY(?) => 0
          WHERE a <> ALL(?) AND array_contains(?, b) => WHERE a <> ALL(?) AND array_contains(?, b) => 0
          WHERE a = ANY(VALUES (1), (2)) => WHERE a = ANY(VALUES (?)) => 2
          INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'), (3, NULL) => INSERT INTO t (a, b) VALUES (?, ?) => 3
          INSERT INTO t VALUES (?, f(?)), (?, f(?)) ON CONFLICT DO NOTHING => INSERT INTO t VALUES (?, f(?)) ON CONFLICT DO NOTHING => 2
          INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a), b = VALUES(b) => INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE a = VALUES(a), b = VALUES(b) => 1
          INSERT INTO t VALUES ROW(1, 2), ROW(3, 4) => INSERT INTO t VALUES ROW(?, ?) => 2
          SELECT 1 AS a UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 => SELECT ? AS a UNION ALL SELECT ? => 4
          (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) x => (SELECT ? UNION ALL SELECT ?) x => 3
          SELECT a FROM t UNION ALL SELECT a FROM u UNION ALL SELECT a FROM v => SELECT a FROM t UNION ALL SELECT a FROM u UNION ALL SELECT a FROM v => 0
          SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 ORDER BY 1 LIMIT 5 => SELECT ? UNION ALL SELECT ? ORDER BY ? LIMIT ? => 3
          """)
  void lists_collapse_and_leave_their_length(String sql, String template, int length) {
    SqlText text = of(sql);
    assertEquals(template, text.text());
    assertEquals(length, text.listLength());
  }

  @Test
  void lists_of_different_lengths_share_a_template() {
    assertEquals(
        of("SELECT a FROM t WHERE b IN (1)").hash(),
        of("SELECT a FROM t WHERE b IN (1, 2,3)").hash());
    assertNotEquals(of("SELECT a FROM t").hash(), of("SELECT a FROM u").hash());
  }

  @Test
  void a_template_is_returned_as_it_came() {
    String sql = "SELECT a FROM t WHERE b = ? AND c IN (?)";
    assertSame(sql, of(sql).text());
  }

  @Test
  void a_trace_in_a_comment_makes_no_other_template() {
    SqlText one = of("SELECT a FROM t /*traceparent='00-4bf92f35-00f067aa-01'*/ WHERE b = 1");
    SqlText two = of("SELECT a FROM t WHERE b = 2 -- traceparent='00-5bf92f35-00f067aa-01'");
    assertEquals(one.text(), two.text());
    assertEquals(one.hash(), two.hash());
  }

  @Test
  void nothing_is_an_empty_text() {
    assertEquals("", of(null).text());
    assertEquals("_OTHER", of(" -- x").operation());
    assertEquals("_OTHER", of("").summary());
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          /* atalaya:ignore */ SELECT 1 => true
          SELECT 1 /*atalaya:ignore*/ => true
          SELECT 1 -- atalaya:ignore => true
          SELECT 'atalaya:ignore' => false
          SELECT '/* atalaya:ignore */' => false
          SELECT 1 /* atalaya:ignored */ => false
          """)
  void a_comment_asks_to_be_ignored(String sql, boolean ignored) {
    assertEquals(ignored, of(sql).ignoreHint());
  }

  // ---- Positions -------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          SELECT ?, f(?) FROM t => OO
          WHERE a = ? AND b <> ? AND c = f(?) AND ? = d => EOEE
          WHERE a < ? OR a >= 5 AND b BETWEEN ? AND ? AND c = ? => RRRRE
          WHERE (a, b) > (?, ?) AND (c = ? OR d LIKE ?) => RREL
          WHERE a IN (?, ?) AND b = ANY(?) AND c ILIKE '%' || ? || '%' => IILLL
          WHERE a ~ ? AND b !~* ? => LL
          WHERE a = ? ORDER BY b LIMIT ? OFFSET ? => EPP
          SELECT a FROM t LIMIT ?, ? => PP
          OFFSET ? ROWS FETCH NEXT ? ROWS ONLY => PP
          SELECT TOP (?) a, ? FROM t WHERE b = ? => POE
          SELECT TOP 5 a FROM t => P
          WHERE ROWNUM <= ? => P
          INSERT INTO t VALUES (?, lower(?)), (?, ?) => VV
          UPDATE t SET a = ?, b = b + ? WHERE c = ? => VVE
          UPDATE t SET a = CASE WHEN b = ? THEN ? ELSE ? END WHERE c > ? => EOOR
          INSERT INTO t VALUES (?) ON CONFLICT (a) DO UPDATE SET b = ? => VV
          INSERT INTO t VALUES (?) ON DUPLICATE KEY UPDATE b = ? => VV
          WHERE a IN (SELECT b FROM t WHERE c = ? AND d = 1) AND e = ? => EEE
          WHERE a = (SELECT max(b) FROM t WHERE c > ?) => R
          WHERE a && ARRAY[?, ?] AND b @> ? AND c = ? => IOE
          WHERE array_contains(?, a) AND b = SOME(?) AND c = ? => IIE
          WHERE a = 5 AND b < 'x' AND c BETWEEN 1 AND 2 AND d IN (1, 2) AND e LIKE 'x%' LIMIT 9 => ERRRILP
          """)
  void each_position_has_a_context(String sql, String contexts) {
    StringBuilder found = new StringBuilder();
    for (byte context : of(sql).contexts()) found.append("OERILPV".charAt(context));
    assertEquals(contexts, found.toString());
  }

  @Test
  void jdbc_parameters_lead_to_positions() {
    SqlText text = of("SELECT 5 FROM t WHERE a = ? AND b IN (?, ?, ?) AND c = 'x' AND d = ?");
    assertEquals("SELECT ? FROM t WHERE a = ? AND b IN (?) AND c = ? AND d = ?", text.text());
    assertEquals(1, text.position(1));
    assertEquals(2, text.position(2));
    assertEquals(2, text.position(3));
    assertEquals(2, text.position(4));
    assertEquals(4, text.position(5));
    assertEquals(-1, text.position(6));
    assertEquals(-1, text.position(0));
  }

  @Test
  void a_number_that_came_before_is_no_other_parameter() {
    SqlText text = of("SELECT a FROM t WHERE b = ?1 OR c = ?1 OR d = ?2 OR e = :1");
    assertEquals(4, text.contexts().length);
    assertEquals(0, text.position(1));
    assertEquals(2, text.position(2));
    assertEquals(3, text.position(3));
    assertEquals(-1, text.position(4));
  }

  @Test
  void a_variable_of_the_session_is_no_parameter() {
    String sql = "SELECT @row := @row + 1 FROM t WHERE a = ?";
    assertEquals(3, SqlText.of(sql, SqlDialect.MYSQL).position(1));
    assertEquals(0, SqlText.of("SELECT a FROM t WHERE b = @b", SqlDialect.SQLITE).position(1));
  }

  @Test
  void literals_beyond_the_last_position_are_a_part_of_it() {
    String sql = "SELECT a FROM t WHERE " + "a = 1 OR ".repeat(300) + "a = ";
    int[] one = of(sql + 1).literalHashes();
    int[] two = of(sql + 2).literalHashes();
    assertEquals(SqlText.MAX_POSITIONS, one.length);
    assertNotEquals(one[63], two[63]);
    assertArrayEquals(one, of(sql + 1).literalHashes());
  }

  @Test
  void rows_share_the_positions_of_the_first() {
    SqlText text = of("INSERT INTO t VALUES (?, ?), (?, ?), (?, ?)");
    for (int i = 1; i <= 6; i++) assertEquals((i - 1) % 2, text.position(i));
  }

  @Test
  void operators_of_postgresql_are_no_parameters() {
    SqlText text = of("SELECT a FROM t WHERE b ?? 'k' AND c = ?");
    assertEquals(1, text.position(1));
    assertEquals(2, text.contexts().length);
  }

  @Test
  void literals_are_told_apart_by_position() {
    int[] one = of("SELECT a FROM t WHERE b = 1 AND c = 'x' AND d = ?").literalHashes();
    int[] two = of("SELECT a FROM t WHERE b = 2 AND c = 'x' AND d = ?").literalHashes();
    assertEquals(3, one.length);
    assertNotEquals(one[0], two[0]);
    assertEquals(one[1], two[1]);
    assertEquals(0, one[2]);
    assertEquals(0, of("SELECT a FROM t WHERE b = ?").literalHashes().length);
  }

  @Test
  void lists_of_literals_are_told_apart_too() {
    int[] one = of("SELECT a FROM t WHERE b IN (1, 2)").literalHashes();
    int[] two = of("SELECT a FROM t WHERE b IN (1, 3)").literalHashes();
    assertEquals(1, one.length);
    assertNotEquals(one[0], two[0]);
    assertArrayEquals(one, of("SELECT a FROM t WHERE b IN (1,2)").literalHashes());
  }

  @Test
  void positions_beyond_the_last_are_dropped() {
    SqlText text = of("SELECT " + "?,".repeat(5_000) + "? FROM t WHERE a = 1");
    assertEquals(SqlText.MAX_POSITIONS, text.contexts().length);
    assertEquals(63, text.position(64));
    assertEquals(-1, text.position(65));
    assertEquals(-1, text.position(5_001));
  }

  // ---- Summary ---------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      nullValues = "null",
      textBlock =
          """
          SELECT * FROM wuser_table WHERE username = ? => SELECT wuser_table => SELECT => wuser_table
          select o.id from order_items o where o.order_id=? => SELECT order_items => SELECT => order_items
          INSERT INTO shipping_details (order_id, address) SELECT order_id, address FROM orders => INSERT shipping_details SELECT orders => INSERT => null
          SELECT * FROM songs, artists WHERE songs.artist_id = artists.id => SELECT songs artists => SELECT => null
          SELECT order_date FROM (SELECT * FROM orders o JOIN customers c ON o.a = c.a) => SELECT SELECT orders customers => SELECT => null
          SELECT * FROM songs WHERE a IN (SELECT id FROM artists) => SELECT songs SELECT artists => SELECT => null
          SELECT * FROM "song list", "artists" => SELECT "song list" artists => SELECT => null
          SELECT * FROM public."Order" x LEFT JOIN a.b y ON x.a = y.a, c => SELECT public.Order a.b c => SELECT => null
          SELECT * FROM employee e JOIN employee m ON e.boss = m.id => SELECT employee employee => SELECT => employee
          SELECT * FROM (a JOIN b USING (id)) => SELECT a b => SELECT => null
          SELECT 1 => SELECT => SELECT => null
          SELECT EXTRACT(YEAR FROM d) FROM t => SELECT t => SELECT => t
          SELECT a IS DISTINCT FROM b FROM t => SELECT t => SELECT => t
          SELECT * FROM generate_series(1, 10) g, t => SELECT t => SELECT => t
          SELECT * FROM ONLY t WHERE a = 1 FOR UPDATE SKIP LOCKED => SELECT t => SELECT => t
          SELECT * FROM t ORDER BY a, b LIMIT 1 => SELECT t => SELECT => t
          SELECT a FROM t UNION ALL SELECT a FROM t UNION ALL SELECT a FROM t => SELECT t SELECT t => SELECT => t
          SELECT a FROM dbo..t WITH (NOLOCK) => SELECT dbo..t => SELECT => dbo..t
          SELECT user.name FROM user => SELECT user => SELECT => user
          WITH r AS (SELECT * FROM orders) SELECT * FROM r JOIN items i ON 1 = 1 => SELECT orders SELECT items => SELECT => null
          WITH r (a, b) AS (SELECT 1), s AS (SELECT a FROM r) DELETE FROM t USING s => SELECT SELECT DELETE t => DELETE => t
          INSERT INTO order_items (a) VALUES (?), (?) => INSERT order_items => INSERT => order_items
          INSERT IGNORE INTO t SET a = 1 => INSERT t => INSERT => t
          INSERT OR REPLACE INTO t VALUES (1) => INSERT t => INSERT => t
          INSERT INTO t VALUES (?) ON CONFLICT (a) DO UPDATE SET b = 1 => INSERT t => INSERT => t
          REPLACE INTO t VALUES (1) => REPLACE t => REPLACE => t
          UPDATE t SET a = 1, b = 2 WHERE c = 3 => UPDATE t => UPDATE => t
          UPDATE t SET a = s.a FROM s WHERE t.b = s.b => UPDATE t s => UPDATE => null
          DELETE FROM t WHERE a = 1 => DELETE t => DELETE => t
          DELETE a FROM a JOIN b ON a.x = b.x => DELETE a b => DELETE => null
          DELETE FROM t WHERE a IN (SELECT b FROM u) => DELETE t SELECT u => DELETE => null
          MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = 1 WHEN NOT MATCHED THEN INSERT VALUES (1) => MERGE t s => MERGE => null
          CALL pay(?, ?) => CALL pay => CALL => null
          {? = call dbo.pay(?)} => CALL dbo.pay => CALL => null
          EXEC sp_who => EXEC sp_who => EXEC => null
          EXECUTE find_7a3f(1, 2) => EXECUTE => EXECUTE => null
          DEALLOCATE pdo_stmt_00000001 => DEALLOCATE => DEALLOCATE => null
          DEALLOCATE PREPARE find_7a3f => DEALLOCATE => DEALLOCATE => null
          PREPARE find_7a3f (int) AS SELECT * FROM t WHERE a = $1 => PREPARE SELECT t => PREPARE => t
          PREPARE find_7a3f FROM 'SELECT 1' => PREPARE => PREPARE => null
          EXECUTE find_7a3f USING @a => EXECUTE => EXECUTE => null
          CREATE TABLE IF NOT EXISTS t (a int, b int) => CREATE TABLE t => CREATE TABLE => t
          CREATE UNIQUE INDEX i ON t (a) => CREATE INDEX i => CREATE INDEX => null
          CREATE OR REPLACE VIEW v AS SELECT a FROM t => CREATE VIEW v SELECT t => CREATE VIEW => null
          ALTER TABLE t ADD a int, ADD b int => ALTER TABLE t => ALTER TABLE => t
          DROP TABLE IF EXISTS a, b => DROP TABLE a b => DROP TABLE => null
          TRUNCATE TABLE t => TRUNCATE TABLE t => TRUNCATE TABLE => t
          COMMIT => COMMIT => COMMIT => null
          START TRANSACTION READ ONLY => START => START TRANSACTION => null
          SET search_path TO x => SET => SET => null
          SHOW TABLES => SHOW => SHOW => null
          GRANT SELECT, INSERT ON t TO u => GRANT => GRANT => null
          frobnicate 1 => _OTHER => _OTHER => null
          """)
  void a_summary_names_operations_and_targets(
      String sql, String summary, String operation, String collection) {
    SqlText text = of(sql);
    assertEquals(summary, text.summary());
    assertEquals(operation, text.operation());
    assertEquals(collection, text.collection());
  }

  @Test
  void names_are_read_in_the_quotes_of_their_dialect() {
    assertEquals("SELECT a.b", of("SELECT * FROM `a`.`b`", SqlDialect.MYSQL).summary());
    assertEquals("SELECT dbo.t", of("SELECT 1 FROM [dbo].[t]", SqlDialect.SQLSERVER).summary());
    assertEquals("UPDATE t", of("UPDATE TOP (10) t SET a = 1", SqlDialect.SQLSERVER).summary());
  }

  @Test
  void a_summary_ends_between_two_targets() {
    StringBuilder sql = new StringBuilder("SELECT 1 FROM first_table");
    for (int i = 0; i < 100; i++) sql.append(", another_table_").append(i);
    String summary = of(sql.toString()).summary();
    assertTrue(summary.length() <= 255 && summary.length() > 230, summary);
    for (String part : summary.split(" ")) {
      assertTrue(part.matches("SELECT|first_table|another_table_\\d+"), part);
    }
    assertTrue(sql.toString().contains(summary.substring(summary.lastIndexOf(' ') + 1) + ","));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          SELECT a FROM t => READ
          (SELECT a FROM t) => READ
          VALUES (1) => READ
          WITH a AS (SELECT 1) SELECT * FROM a => READ
          WITH a AS (DELETE FROM t RETURNING *) SELECT * FROM a => WRITE
          SELECT a FROM t FOR UPDATE => READ
          INSERT INTO t VALUES (1) => WRITE
          REPLACE INTO t VALUES (1) => WRITE
          UPDATE t SET a = 1 => WRITE
          DELETE FROM t => WRITE
          MERGE INTO t USING s ON 1 = 1 => WRITE
          SET NOCOUNT ON; INSERT INTO t VALUES (1) => WRITE
          COMMIT => TRANSACTION
          BEGIN => TRANSACTION
          BEGIN ISOLATION LEVEL READ COMMITTED => TRANSACTION
          ROLLBACK TO SAVEPOINT a => TRANSACTION
          SET TRANSACTION READ ONLY => TRANSACTION
          BEGIN charge(?); END; => OTHER
          CREATE TABLE t AS SELECT * FROM u => OTHER
          EXPLAIN INSERT INTO t VALUES (1) => OTHER
          CALL f() => OTHER
          SET a = 1 => OTHER
          SHOW TABLES => OTHER
          """)
  void a_statement_reads_or_writes(String sql, SqlText.Kind kind) {
    assertEquals(kind, of(sql).kind());
  }

  // ---- Bounds ----------------------------------------------------------------------------------

  @Test
  void the_text_is_at_most_32_kb_of_whole_characters() {
    String sql = "SELECT " + "ü😀x, ".repeat(10_000) + "y FROM t";
    SqlText text = of(sql);
    assertTrue(text.text().getBytes(StandardCharsets.UTF_8).length <= 32 * 1024);
    assertTrue(text.text().length() > 16_000);
    assertTrue(sql.startsWith(text.text()));
    assertFalse(Character.isHighSurrogate(text.text().charAt(text.text().length() - 1)));
    assertEquals("SELECT t", text.summary());
    assertNotEquals(text.hash(), of(sql + " WHERE a = 1").hash());
  }

  /** 1 MB of what could make a normaliser slow; the limit is far above what linear time needs. */
  static Stream<String> hostile() {
    Function<String, String> fill = unit -> unit.repeat(1024 * 1024 / unit.length());
    return Stream.of(
            "(",
            ")",
            "[",
            "'",
            "''",
            "\"",
            "`",
            "/*",
            "/* */",
            "--",
            "-",
            "- ",
            "+ - ",
            "$",
            "$a",
            "$a$",
            "$a$b",
            "{",
            "{ d",
            "?",
            "? ",
            "x ?",
            "??|",
            ":",
            "::",
            ":a",
            "@",
            "@@",
            "%(",
            "%(a",
            "\\",
            "E'\\",
            "q'[",
            ",",
            ";",
            ".",
            "1",
            "1.",
            "1e",
            "1 ",
            "a",
            "a.",
            "a ",
            "=",
            "<>=",
            "(a,",
            "IN (1,",
            "IN ((1,2),",
            "IN (IN (",
            "VALUES (1),",
            "VALUES (VALUES (",
            "UNION ALL SELECT 1 ",
            "(SELECT 1 UNION ALL ",
            "SELECT a FROM t, ",
            "FROM a, b JOIN c ",
            "CASE WHEN ",
            "WITH a AS (",
            "DATE '1' ",
            "INTERVAL '1' DAY ",
            "ü",
            "\u0000",
            "\n",
            " ",
            "\uD83D",
            "X'",
            "N'a",
            "#",
            "//",
            "[a]]",
            "{d '1'}",
            "IDENTIFIED BY a ")
        .map(fill);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("hostile")
  void a_megabyte_of_anything_takes_bounded_time(String sql) {
    for (SqlDialect dialect :
        new SqlDialect[] {SqlDialect.POSTGRESQL, SqlDialect.MYSQL, SqlDialect.OTHER}) {
      SqlText text =
          assertTimeoutPreemptively(
              Duration.ofSeconds(2), () -> of("SELECT a FROM t WHERE " + sql, dialect));
      assertTrue(text.text().length() <= 32 * 1024);
      assertTrue(text.summary().length() <= 255);
    }
  }

  @Test
  void five_megabytes_of_rows_collapse() {
    String rows = "(1, 'secret', NULL), ".repeat(200_000) + "(2, 'x', 3)";
    SqlText text = of("INSERT INTO t VALUES " + rows + " RETURNING id");
    assertEquals("INSERT INTO t VALUES (?, ?, NULL) RETURNING id", text.text());
    assertEquals(200_001, text.listLength());
  }

  @ParameterizedTest
  @EnumSource
  void every_dialect_has_the_name_of_its_system(SqlDialect dialect) {
    assertTrue(dialect.systemName().matches("[a-z0-9_.]+"));
    assertNull(of("SELECT 1", dialect).collection());
  }
}
