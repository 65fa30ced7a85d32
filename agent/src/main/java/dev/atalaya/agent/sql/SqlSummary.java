package dev.atalaya.agent.sql;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a statement does and to which tables, in the order of its text: semantic conventions' {@code
 * db.query.summary}, {@code db.operation.name} and {@code db.collection.name}.
 *
 * <p>A state machine over tokens. For each depth of parentheses it knows the verb that governs
 * there and whether the next name is a table's.
 */
final class SqlSummary {
  private static final int LONGEST = 255;
  private static final int DEPTH = 32;
  private static final int CTES = 16;

  /** Where the names of tables stand. */
  private enum Place {
    ELSEWHERE,
    /** The next name is a target. */
    TARGET,
    /** After a target of a list: a comma leads to the next one. */
    LIST
  }

  private final SqlLexer token;
  private final StringBuilder text = new StringBuilder(48);
  private boolean full;

  private @Nullable SqlWord[] verbs = new SqlWord[4];
  private Place[] places = new Place[4];
  private int depth;

  private boolean statementStart = true;

  /** The verb that the statement began with. */
  private @Nullable SqlWord first;

  /** CREATE, DROP or ALTER was read, but not yet what. */
  private boolean defining;

  private boolean joined;
  private int afterDelete = -1;

  private final StringBuilder target = new StringBuilder(24);
  private boolean naming;
  private boolean afterDot;

  /** Depth of a WITH whose main verb is to come, else -1. */
  private int withDepth = -1;

  private boolean cteNext;
  private String @Nullable [] ctes;
  private int cteCount;

  private @Nullable String operation;
  private @Nullable String collection;
  private boolean severalCollections;
  private SqlText.@Nullable Kind kind;

  SqlSummary(SqlLexer token) {
    this.token = token;
    places[0] = Place.ELSEWHERE;
  }

  String text() {
    return text.length() == 0 ? operation() : text.toString();
  }

  String operation() {
    return operation == null ? SqlText.UNKNOWN : operation;
  }

  @Nullable String collection() {
    return severalCollections ? null : collection;
  }

  SqlText.Kind kind() {
    return kind == null ? SqlText.Kind.OTHER : kind;
  }

  /** What {@link #reset} goes back to. */
  int mark() {
    return text.length();
  }

  void reset(int mark) {
    if (mark >= text.length()) return;
    text.setLength(mark);
    full = false;
  }

  void accept() {
    if (naming && continuesName()) return;
    switch (token.kind) {
      case NAME:
        name();
        break;
      case QUOTED_NAME:
        if (place() == Place.TARGET) startTarget();
        else if (cteNext) cte();
        break;
      case OPEN:
        open();
        break;
      case CLOSE:
        if (depth > 0) depth--;
        break;
      case COMMA:
        if (place() == Place.LIST) place(Place.TARGET);
        cteNext = withDepth == depth;
        break;
      case SEMICOLON:
        endStatement();
        break;
      case VALUE:
      case PLACEHOLDER:
        if (place() == Place.TARGET && verb() != SqlWord.CALL) place(Place.LIST);
        break;
      default:
        break;
    }
  }

  // ---- Names of tables -------------------------------------------------------------------------

  private boolean continuesName() {
    if (token.kind == SqlLexer.Kind.DOT) {
      target.append('.');
      afterDot = true;
      return true;
    }
    boolean name = token.kind == SqlLexer.Kind.NAME || token.kind == SqlLexer.Kind.QUOTED_NAME;
    if (name && afterDot) {
      appendToTarget();
      afterDot = false;
      return true;
    }
    naming = false;
    // FROM generate_series(1, 10) reads no table.
    if (token.kind != SqlLexer.Kind.OPEN || !readsTables()) endTarget();
    return false;
  }

  private void startTarget() {
    naming = true;
    afterDot = false;
    target.setLength(0);
    appendToTarget();
    boolean list = first != SqlWord.DEFINE || verb() != SqlWord.DEFINE || listsTables();
    place(
        list && verb() != SqlWord.CALL && verb() != SqlWord.INSERT ? Place.LIST : Place.ELSEWHERE);
  }

  private void appendToTarget() {
    int start = token.start;
    int end = token.end;
    if (token.kind == SqlLexer.Kind.QUOTED_NAME && plain(start + 1, end - 1)) {
      start++;
      end--;
    }
    if (target.length() <= LONGEST) target.append(token.sql, start, Math.min(end, start + 300));
  }

  /** Whether the name needs no quotes to be told from the words around it. */
  private boolean plain(int start, int end) {
    for (int i = start; i < end; i++) {
      char c = token.sql.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '$' && c != '-') return false;
    }
    return end > start;
  }

  private void endTarget() {
    String name = target.toString();
    if (ctes != null) {
      for (int i = 0; i < cteCount; i++) if (ctes[i].equalsIgnoreCase(name)) return;
    }
    if (!add(name) || first == SqlWord.CALL || first == SqlWord.DEFINE && !definesTable()) return;
    if (collection == null) collection = name;
    else if (!collection.equalsIgnoreCase(name)) severalCollections = true;
  }

  private boolean add(String part) {
    int length = text.length() == 0 ? part.length() : text.length() + 1 + part.length();
    if (full || length > LONGEST) {
      full = true;
      return part.length() <= LONGEST;
    }
    if (text.length() > 0) text.append(' ');
    text.append(part);
    return true;
  }

  private boolean readsTables() {
    SqlWord verb = verb();
    return verb == null || verb == SqlWord.SELECT || verb == SqlWord.DELETE;
  }

  private boolean definesTable() {
    return operation != null
        && (operation.endsWith("TABLE")
            || operation.endsWith("VIEW")
            || operation.equals("TRUNCATE"));
  }

  private boolean listsTables() {
    return operation != null && (operation.startsWith("DROP") || operation.startsWith("TRUNCATE"));
  }

  // ---- Words -----------------------------------------------------------------------------------

  private void name() {
    SqlWord word = token.word;
    if (statementStart) {
      begin(word);
      return;
    }
    if (first == SqlWord.GRANT) return;
    if (defining) {
      define(word);
      return;
    }
    if (token.previousWord == SqlWord.BEGIN
        && kind == SqlText.Kind.TRANSACTION
        && word != SqlWord.TRANSACTION
        && word != SqlWord.NOT) {
      kind = SqlText.Kind.OTHER; // BEGIN charge(?); END; is a block of code
    }
    if (place() == Place.TARGET) {
      if (passes(word)) return;
      if (word == null || !word.reserved) {
        startTarget();
        return;
      }
      place(Place.ELSEWHERE);
    }
    if (word != null) keyword(word);
    else if (cteNext) cte();
  }

  private void begin(@Nullable SqlWord word) {
    statementStart = false;
    first = word;
    if (word == null || !word.verb) {
      rank(SqlText.Kind.OTHER);
      return;
    }
    switch (word) {
      case SELECT:
      case INSERT:
      case UPDATE:
      case DELETE:
      case MERGE:
      case REPLACE:
      case WITH:
        rank(
            word == SqlWord.SELECT || word == SqlWord.WITH
                ? SqlText.Kind.READ
                : SqlText.Kind.WRITE);
        keyword(word);
        return;
      case VALUES:
      case TABLE:
        rank(SqlText.Kind.READ);
        break;
      case BEGIN:
      case START:
      case END:
      case TRANSACTION_CONTROL:
        rank(SqlText.Kind.TRANSACTION);
        break;
      default:
        rank(SqlText.Kind.OTHER);
    }
    defining = word == SqlWord.DEFINE;
    boolean named =
        word == SqlWord.CALL && !executesPrepared()
            || word == SqlWord.COPY
            || word == SqlWord.TABLE;
    verb(word, named ? Place.TARGET : Place.ELSEWHERE);
  }

  /** EXECUTE names a prepared statement, by a generated name; in SQL Server a procedure. */
  private boolean executesPrepared() {
    return token.dialect != SqlDialect.SQLSERVER
        && token.sql.regionMatches(true, token.start, "EXECUTE", 0, 7);
  }

  private void keyword(SqlWord word) {
    switch (word) {
      case SELECT:
        verb(word, Place.ELSEWHERE);
        break;
      case INSERT:
      case UPDATE:
      case MERGE:
      case REPLACE:
      case DELETE:
        if (!governs(word)) break;
        verb(word, Place.TARGET);
        if (promotes()) rank(SqlText.Kind.WRITE);
        afterDelete = word == SqlWord.DELETE ? text.length() : -1;
        break;
      case WITH:
        if (place() != Place.LIST) { // not a hint: FROM t WITH (NOLOCK)
          withDepth = depth;
          cteNext = true;
        }
        break;
      case FROM:
        from();
        break;
      case JOIN:
        joined = true;
        if (place() == Place.LIST || verb() == SqlWord.SELECT) place(Place.TARGET);
        break;
      case USING:
        if (verb() == SqlWord.MERGE || verb() == SqlWord.DELETE && !joined) place(Place.TARGET);
        break;
      case INTO:
        if (verb() == SqlWord.INSERT || verb() == SqlWord.REPLACE) place(Place.TARGET);
        break;
      case TRANSACTION:
        if (token.previousWord == SqlWord.START) operation = "START TRANSACTION";
        if (first == SqlWord.SET && token.previousWord == SqlWord.SET) {
          kind = SqlText.Kind.TRANSACTION;
        }
        break;
      case RECURSIVE:
      case AS:
      case ON:
        break;
      default:
        if (word.reserved && word != SqlWord.AND && word != SqlWord.OR) place(Place.ELSEWHERE);
    }
    if (word != SqlWord.WITH && word != SqlWord.RECURSIVE) cteNext = false;
  }

  private void from() {
    SqlWord verb = verb();
    if (token.previousWord == SqlWord.DISTINCT) return; // IS DISTINCT FROM
    if (verb == SqlWord.DELETE && afterDelete >= 0) {
      reset(afterDelete); // DELETE t1 FROM t1 JOIN t2: the list after FROM holds them all
      afterDelete = -1;
    }
    if (verb == SqlWord.SELECT || verb == SqlWord.DELETE || verb == SqlWord.UPDATE) {
      place(Place.TARGET);
    }
  }

  /** Whether the word may stand between a verb, or FROM, and the name of a table. */
  private boolean passes(@Nullable SqlWord word) {
    if (word == null) return false;
    switch (word) {
      case ROWS: // FROM ONLY t
        return token.previousWord != null && token.previousWord.reserved;
      case INTO:
      case TABLE:
      case LATERAL:
      case TOP:
        return true;
      case FROM:
        if (verb() == SqlWord.DELETE) afterDelete = -1;
        return verb() == SqlWord.DELETE;
      case MODIFIER:
      case IF:
      case NOT:
      case OR:
      case ALL:
      case REPLACE:
      case OTHER_RESERVED:
      case TRANSACTION_CONTROL:
        return verb() != SqlWord.SELECT && verb() != null;
      default:
        return false;
    }
  }

  /** Whether UPDATE and its like are a verb here, and no part of FOR UPDATE, ON DELETE, .. */
  private boolean governs(SqlWord word) {
    if (first == word && text.length() == 0) return true;
    if (token.previous == SqlLexer.Kind.SEMICOLON) return true;
    if (token.previous == SqlLexer.Kind.OPEN) return word != SqlWord.REPLACE;
    if (token.previous == SqlLexer.Kind.CLOSE) return withDepth == depth || first == SqlWord.DEFINE;
    SqlWord before = token.previousWord;
    if (before == null) return false;
    switch (before) {
      case BEGIN:
      case AS:
      case OTHER_VERB:
        return true;
      default:
        return false;
    }
  }

  private void define(@Nullable SqlWord word) {
    if (word == SqlWord.MODIFIER
        || word == SqlWord.OR
        || word == SqlWord.REPLACE
        || word == SqlWord.ROWS) {
      return;
    }
    defining = false;
    if (word == SqlWord.OBJECT || word == SqlWord.TABLE) {
      String object = token.sql.substring(token.start, token.end).toUpperCase(Locale.ROOT);
      operation = operation() + " " + object;
      if (!full) text.append(' ').append(object);
      place(Place.TARGET);
    } else if ("TRUNCATE".equals(operation)) {
      place(Place.TARGET);
      startTarget();
    }
  }

  private void cte() {
    if (ctes == null) ctes = new String[CTES];
    if (cteCount < CTES) {
      String name = token.sql.substring(token.start, token.end);
      boolean quoted = token.kind == SqlLexer.Kind.QUOTED_NAME && name.length() > 2;
      ctes[cteCount++] = quoted ? name.substring(1, name.length() - 1) : name;
    }
    cteNext = false;
  }

  // ---- State -----------------------------------------------------------------------------------

  private void verb(SqlWord word, Place place) {
    verbs[Math.min(depth, DEPTH - 1)] = word;
    place(place);
    String upper = token.sql.substring(token.start, token.end).toUpperCase(Locale.ROOT);
    add(upper);
    if (withDepth >= 0 && depth <= withDepth) {
      withDepth = -1;
      if (operation == null) operation = upper;
    }
    if (operation == null && withDepth < 0) operation = upper;
  }

  private void open() {
    Place outer = place();
    boolean inner = outer == Place.TARGET && token.previousWord != SqlWord.TOP;
    if (inner) place(Place.LIST);
    depth++;
    if (depth == places.length && depth < DEPTH) {
      verbs = Arrays.copyOf(verbs, 2 * depth);
      places = Arrays.copyOf(places, 2 * depth);
    }
    if (depth < DEPTH) {
      verbs[depth] = null;
      place(inner ? Place.TARGET : Place.ELSEWHERE);
    }
  }

  private void endStatement() {
    statementStart = true;
    defining = false;
    joined = false;
    cteNext = false;
    withDepth = -1;
    depth = 0;
    verbs[0] = null;
    place(Place.ELSEWHERE);
  }

  /** Deeper than we follow all levels share one state. */
  private Place place() {
    return places[Math.min(depth, DEPTH - 1)];
  }

  private void place(Place place) {
    places[Math.min(depth, DEPTH - 1)] = place;
  }

  private @Nullable SqlWord verb() {
    return verbs[Math.min(depth, DEPTH - 1)];
  }

  /** Of several statements the kind that comes last in {@link SqlText.Kind} holds. */
  private void rank(SqlText.Kind other) {
    if (kind == null || other.ordinal() > kind.ordinal()) kind = other;
  }

  private boolean promotes() {
    return first == SqlWord.WITH || first == SqlWord.SELECT || first == SqlWord.BEGIN;
  }
}
