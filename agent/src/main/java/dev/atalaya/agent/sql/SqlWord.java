package dev.atalaya.agent.sql;

import org.jspecify.annotations.Nullable;

/**
 * The words of SQL that steer normalisation, alone or as a class of words; every other word is a
 * name.
 */
enum SqlWord {
  SELECT(Role.VERB),
  INSERT(Role.VERB, "INSERT UPSERT"),
  UPDATE(Role.VERB),
  DELETE(Role.VERB),
  MERGE(Role.VERB),
  REPLACE(Role.VERB, "REPLACE"),
  CALL(Role.VERB, "CALL EXEC EXECUTE"),
  DEFINE(Role.VERB, "CREATE DROP ALTER TRUNCATE RENAME REINDEX"),
  WITH(Role.VERB),
  VALUES(Role.VERB, "VALUES VALUE"),
  TABLE(Role.VERB),
  SET(Role.VERB),
  BEGIN(Role.VERB),
  TRANSACTION_CONTROL(Role.VERB, "COMMIT ROLLBACK SAVEPOINT RELEASE ABORT"),
  START(Role.VERB, "START"),
  END(Role.VERB, "END"),
  FETCH(Role.VERB, "FETCH"),
  DO(Role.VERB),
  GRANT(Role.VERB, "GRANT REVOKE DENY"),
  COPY(Role.VERB, "COPY LOCK"),
  OTHER_VERB(
      Role.VERB,
      "SHOW USE EXPLAIN DESCRIBE DESC PRAGMA VACUUM ANALYZE UNLOCK DECLARE COMMENT REFRESH CLOSE"
          + " OPEN PREPARE DEALLOCATE LISTEN UNLISTEN NOTIFY DISCARD RESET CLUSTER LOAD KILL"
          + " FLUSH OPTIMIZE CHECKPOINT ATTACH DETACH SHUTDOWN SCRIPT RUNSCRIPT PRINT WAITFOR"
          + " DBCC XA BACKUP RESTORE PURGE HANDLER CHECK"),

  // Between operands: a sign or a placeholder may follow.
  FROM(Role.BETWEEN),
  WHERE(Role.BETWEEN),
  AND(Role.BETWEEN),
  OR(Role.BETWEEN),
  NOT(Role.BETWEEN),
  IN(Role.BETWEEN),
  LIKE(Role.BETWEEN, "LIKE ILIKE RLIKE REGEXP SIMILAR GLOB"),
  TO(Role.BETWEEN),
  BETWEEN(Role.BETWEEN),
  IS(Role.BETWEEN),
  ON(Role.BETWEEN),
  AS(Role.BETWEEN),
  BY(Role.BETWEEN),
  CLAUSE(Role.BETWEEN, "GROUP HAVING WINDOW"),
  ARMS_END(Role.BETWEEN, "ORDER EXCEPT INTERSECT MINUS"),
  RETURNING(Role.BETWEEN),
  LIMIT(Role.BETWEEN, "LIMIT OFFSET"),
  TOP(Role.BETWEEN),
  FOR(Role.BETWEEN),
  JOIN(Role.BETWEEN),
  INTO(Role.BETWEEN),
  USING(Role.BETWEEN),
  UNION(Role.BETWEEN),
  ALL(Role.BETWEEN),
  ANY(Role.BETWEEN, "ANY SOME"),
  DISTINCT(Role.BETWEEN),
  CASE(Role.BETWEEN),
  WHEN(Role.BETWEEN),
  THEN(Role.BETWEEN, "THEN ELSE"),
  ARRAY(Role.BETWEEN),
  INTERVAL(Role.BETWEEN),
  LATERAL(Role.BETWEEN),
  OTHER_RESERVED(Role.BETWEEN, "ESCAPE RETURN DIV XOR EXISTS OF"),

  // Names, but for one place.
  ROW(Role.NAME),
  ROWS(Role.NAME, "ROWS FIRST NEXT ONLY PERCENT"),
  ROWNUM(Role.NAME),
  KEY(Role.NAME),
  IF(Role.NAME),
  LIST_FUNCTION(Role.NAME, "UNNEST ARRAY_CONTAINS STRING_SPLIT OPENJSON FIND_IN_SET"),
  BOOLEAN(Role.NAME, "TRUE FALSE"),
  TYPE_OF_LITERAL(
      Role.NAME,
      "DATE TIMESTAMP TIMESTAMPTZ TIMETZ DATETIME DATETIME2 SMALLDATETIME DATETIMEOFFSET"),
  TIME(Role.NAME),
  ZONE(Role.NAME, "WITHOUT LOCAL ZONE"),
  AT(Role.NAME),
  UNIT(
      Role.NAME,
      "YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND NANOSECOND"),
  IDENTIFIED(Role.NAME),
  PASSWORD(Role.NAME),
  RECURSIVE(Role.NAME),
  TRANSACTION(
      Role.NAME, "TRANSACTION TRAN WORK ISOLATION READ DEFERRED IMMEDIATE EXCLUSIVE DEFERRABLE"),
  /** Between a verb and its table. */
  MODIFIER(
      Role.NAME,
      "IGNORE LOW_PRIORITY HIGH_PRIORITY DELAYED QUICK FAIL OVERWRITE CONCURRENTLY TEMP TEMPORARY"
          + " GLOBAL UNLOGGED UNIQUE MATERIALIZED PUBLIC EXTERNAL FOREIGN CACHED MEMORY"
          + " VIRTUAL CLUSTERED NONCLUSTERED BITMAP FULLTEXT SPATIAL"),
  /** What is created, besides tables. */
  OBJECT(
      Role.NAME,
      "INDEX VIEW DATABASE SCHEMA PROCEDURE PROC FUNCTION SEQUENCE TRIGGER USER ROLE TYPE DOMAIN"
          + " EXTENSION SYNONYM PACKAGE TABLESPACE ALIAS LOGIN POLICY RULE PUBLICATION"
          + " SUBSCRIPTION SERVER");

  private enum Role {
    VERB,
    BETWEEN,
    NAME
  }

  private static final int LONGEST = 16;
  private static final int SLOTS = 1024;
  private static final @Nullable String[] SPELLINGS = new String[SLOTS];
  private static final @Nullable SqlWord[] WORDS = new SqlWord[SLOTS];

  static {
    for (SqlWord word : values()) {
      for (String spelling : word.spellings.split(" ")) {
        int slot = slot(hash(spelling, 0, spelling.length()));
        while (SPELLINGS[slot] != null) slot = (slot + 1) & (SLOTS - 1);
        SPELLINGS[slot] = spelling;
        WORDS[slot] = word;
      }
    }
  }

  /** A statement may begin with it. */
  final boolean verb;

  /** It is no value, so a sign after it belongs to a number. */
  final boolean reserved;

  private final String spellings;

  SqlWord(Role role) {
    this.verb = role == Role.VERB;
    this.reserved = role == Role.BETWEEN || role == Role.VERB;
    this.spellings = name();
  }

  SqlWord(Role role, String spellings) {
    this.verb = role == Role.VERB;
    this.reserved = role == Role.BETWEEN;
    this.spellings = spellings;
  }

  /** The word between two positions of a text, in any case, or null for a name. */
  static @Nullable SqlWord of(String text, int start, int end) {
    int length = end - start;
    if (length < 2 || length > LONGEST) return null;
    int slot = slot(hash(text, start, end));
    for (String known = SPELLINGS[slot]; known != null; known = SPELLINGS[slot]) {
      if (known.length() == length && same(known, text, start)) return WORDS[slot];
      slot = (slot + 1) & (SLOTS - 1);
    }
    return null;
  }

  private static boolean same(String spelling, String text, int start) {
    for (int i = 0; i < spelling.length(); i++) {
      if (((spelling.charAt(i) ^ text.charAt(start + i)) & ~0x20) != 0) return false;
    }
    return true;
  }

  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) hash = 31 * hash + (text.charAt(i) | 0x20);
    return hash;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (SLOTS - 1);
  }
}
