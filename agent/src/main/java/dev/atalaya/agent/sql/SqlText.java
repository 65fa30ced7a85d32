package dev.atalaya.agent.sql;

import org.jspecify.annotations.Nullable;

/**
 * An SQL statement without its literals and comments: the template that all its executions share.
 *
 * <p>Literals and placeholders, both {@code ?} in the text, are the statement's positions, counted
 * from 0. Lists collapse to their first member, whose positions stand for those of all members.
 * Made in one pass, in time linear in the text's length; a literal is hidden in case of doubt.
 */
public final class SqlText {
  /** What a statement does to the data. */
  public enum Kind {
    TRANSACTION,
    OTHER,
    READ,
    WRITE
  }

  // What a position is compared with or used for.

  public static final byte OTHER = 0;

  /** {@code = ?} in a condition. */
  public static final byte EQUALS = 1;

  /** {@code <}, {@code >}, {@code BETWEEN}. */
  public static final byte RANGE = 2;

  /** {@code IN (?)}, {@code = ANY(?)}: one position for the whole list. */
  public static final byte IN = 3;

  public static final byte LIKE = 4;

  /** {@code LIMIT}, {@code OFFSET}, {@code FETCH}, {@code TOP}, {@code ROWNUM <}. */
  public static final byte LIMIT = 5;

  /** Written, not asked for: {@code VALUES (?)} and {@code SET a = ?}. */
  public static final byte VALUES = 6;

  /** Positions that are told apart; there may be more. */
  public static final int MAX_POSITIONS = 64;

  /** The operation of a text that begins with no known verb. */
  static final String UNKNOWN = "_OTHER";

  private static final int MAX_BYTES = 32 * 1024;

  private final String text;
  private final String operation;
  private final String summary;
  private final @Nullable String collection;
  private final Kind kind;
  private final byte[] contexts;
  private final int[] literalHashes;
  private final byte[] parameters;
  private final int listLength;
  private final boolean ignoreHint;
  private final long hash;

  /** Normalises a statement; null is an empty one. */
  public static SqlText of(@Nullable String sql, SqlDialect dialect) {
    SqlLexer lexer = new SqlLexer(sql == null ? "" : sql, dialect);
    SqlSummary summary = new SqlSummary(lexer);
    SqlTemplate template = new SqlTemplate(lexer, summary);
    while (lexer.next() != SqlLexer.Kind.END) {
      summary.accept();
      template.accept();
    }
    summary.accept();
    template.accept();
    return new SqlText(lexer, summary, template);
  }

  private SqlText(SqlLexer lexer, SqlSummary summary, SqlTemplate template) {
    this.text = template.text(MAX_BYTES);
    this.hash = template.hash();
    this.contexts = template.positions().contexts();
    this.literalHashes = template.positions().literalHashes();
    this.parameters = template.positions().parameters();
    this.listLength = template.listLength();
    this.operation = summary.operation();
    this.summary = summary.text();
    this.collection = summary.collection();
    this.kind = summary.kind();
    this.ignoreHint = lexer.ignoreHint;
  }

  /** The template, at most 32 KB of UTF-8. */
  public String text() {
    return text;
  }

  /** The verb in upper case, with the kind of object where it defines one: {@code CREATE TABLE}. */
  public String operation() {
    return operation;
  }

  /** The table, where the statement names exactly one. */
  public @Nullable String collection() {
    return collection;
  }

  /** Operations and their targets in the order of the text, at most 255 characters. */
  public String summary() {
    return summary;
  }

  public Kind kind() {
    return kind;
  }

  /** For each position one of the constants above. Not to be written to. */
  public byte[] contexts() {
    return contexts;
  }

  /**
   * For each position a salted hash of the literal there, of all literals in a list; 0 for a
   * placeholder. Empty where the text has no literals. Not to be written to.
   */
  public int[] literalHashes() {
    return literalHashes;
  }

  /** The position of a JDBC parameter, counted from 1; -1 where it is none of the first 64. */
  public int position(int parameter) {
    return parameter < 1 || parameter > parameters.length ? -1 : parameters[parameter - 1];
  }

  /** The positions of all parameters, the first first; -1 as in {@link #position}. */
  public byte[] parameters() {
    return parameters;
  }

  /** Members of the longest list: IN, VALUES, repeated UNION ALL arms; 0 without a list. */
  public int listLength() {
    return listLength;
  }

  /** The statement holds the comment {@code atalaya:ignore}. */
  public boolean ignoreHint() {
    return ignoreHint;
  }

  /** Of the whole template, also of what {@link #text} cuts off. */
  public long hash() {
    return hash;
  }
}
