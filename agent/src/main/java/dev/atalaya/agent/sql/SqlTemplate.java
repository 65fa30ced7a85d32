package dev.atalaya.agent.sql;

import dev.atalaya.agent.privacy.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the normalised text of the tokens, and notes what stands in each position.
 *
 * <p>Lists collapse while they are written: a member that reads like the one before it is taken
 * back, so that a list of any length needs room for two members.
 */
final class SqlTemplate {
  private static final int DEPTH = 64;

  /** List in list: each level compares its members once more, so their number is bounded. */
  private static final int LIST_DEPTH = 8;

  private final SqlLexer token;
  private final SqlSummary summary;

  private final SqlOutput out;
  private final SqlPositions positions = new SqlPositions();

  private Frame[] frames = new Frame[4];
  private int depth;
  private int untracked;
  private int lists;
  private Frame frame;

  private int listLength;

  /** Where {@code DATE} of {@code DATE '2026-01-31'} was written, else -1. */
  private int typeStart = -1;

  private boolean interval;

  /** Units after an interval literal belong to it. */
  private boolean units;

  /** The next name is a password: IDENTIFIED BY secret. */
  private boolean secretNext;

  private boolean afterString;

  /** The last operand began its expression, so an operator after it may tell its context. */
  private boolean leads;

  SqlTemplate(SqlLexer token, SqlSummary summary) {
    this.token = token;
    this.summary = summary;
    this.out = new SqlOutput(token.sql.length());
    this.frame = frames[0] = new Frame();
  }

  void accept() {
    SqlLexer.Kind kind = token.kind;
    if (frame.values) valuesGoOn(kind);
    boolean string = false;
    switch (kind) {
      case NAME:
        name();
        return;
      case QUOTED_NAME:
        if (secretNext || doubtfulString()) value();
        else write();
        break;
      case VALUE:
        string = token.string;
        value();
        break;
      case PLACEHOLDER:
        placeholder();
        break;
      case OPEN:
      case OPEN_ARRAY:
        open();
        break;
      case CLOSE:
      case CLOSE_ARRAY:
        close();
        break;
      case COMMA:
        comma();
        break;
      case OPERATOR:
        relation();
        write();
        break;
      case SEMICOLON:
        frame.arms.finish();
        write();
        frame.begin(SqlText.OTHER);
        break;
      case END:
        frame.arms.finish();
        break;
      default:
        write();
    }
    typeStart = -1;
    units = string && units;
    secretNext = false;
    afterString = string;
  }

  // ---- Names -----------------------------------------------------------------------------------

  private void name() {
    SqlWord word = token.word;
    if (units && (word == SqlWord.UNIT || word == SqlWord.TO)) return;
    units = false;
    afterString = false;
    if (secretNext && word != SqlWord.VALUES && word != SqlWord.PASSWORD) {
      value();
      afterString = false;
      secretNext = false;
      return;
    }
    secretNext = word == SqlWord.BY && token.previousWord == SqlWord.IDENTIFIED;
    if (token.previousWord == SqlWord.UNION && word != SqlWord.ALL) frame.arms.clear();
    if (word != null) keyword(word);
    else if (frame.context == SqlText.LIMIT) frame.context = frame.base;
    write();
    if (word == SqlWord.ALL && token.previousWord == SqlWord.UNION) frame.arms.begin();
    typePrefix(word);
  }

  private void keyword(SqlWord word) {
    Frame f = frame;
    switch (word) {
      case SELECT:
      case WITH:
        f.list = false;
        f.base = f.context = SqlText.OTHER;
        f.assigning = false;
        break;
      case AND:
        if (f.between) f.between = false;
        else f.context = f.base;
        break;
      case BETWEEN:
        f.context = SqlText.RANGE;
        f.between = true;
        break;
      case IN:
        f.context = SqlText.IN;
        break;
      case LIKE:
        f.context = SqlText.LIKE;
        break;
      case LIMIT:
      case FETCH:
        f.arms.finish();
        f.context = SqlText.LIMIT;
        break;
      case TOP:
        if (token.previousWord != null && token.previousWord.reserved) f.context = SqlText.LIMIT;
        break;
      case SET:
        f.assigning = true;
        f.context = f.base;
        break;
      case UPDATE:
        f.assigning = token.previousWord == SqlWord.KEY; // ON DUPLICATE KEY UPDATE a = ?
        break;
      case WHERE:
      case FROM:
      case JOIN:
      case ON:
      case CLAUSE:
        f.assigning = false;
        f.context = f.base;
        break;
      case RETURNING:
      case ARMS_END:
      case FOR:
        f.arms.finish();
        f.assigning = false;
        f.context = f.base;
        break;
      case UNION:
        f.arms.end(false);
        f.context = f.base;
        break;
      case VALUES:
        f.list = false;
        f.values = true;
        f.rowContext = f.base == SqlText.IN ? SqlText.IN : SqlText.VALUES;
        f.context = f.rowContext;
        f.members.clear();
        break;
      case CASE:
        f.cases++;
        f.context = f.base;
        break;
      case END:
        if (f.cases > 0) f.cases--;
        f.context = f.base;
        break;
      case OR:
      case WHEN:
      case THEN:
      case BY:
      case BEGIN:
      case DO:
        f.context = f.base;
        break;
      default:
        break;
    }
  }

  /** {@code TIMESTAMP WITH TIME ZONE '..'} is one literal; {@code AT TIME ZONE '..'} is none. */
  private void typePrefix(@Nullable SqlWord word) {
    boolean goesOn = word == SqlWord.WITH || word == SqlWord.ZONE || word == SqlWord.TIME;
    if (typeStart >= 0 && goesOn) return;
    boolean type = word == SqlWord.TYPE_OF_LITERAL || word == SqlWord.INTERVAL;
    if (type || word == SqlWord.TIME && token.previousWord != SqlWord.AT) {
      typeStart = out.length() - (token.end - token.start);
      interval = word == SqlWord.INTERVAL;
    } else {
      typeStart = -1;
    }
  }

  /** {@code "x"} where a value is as likely as a name, and the dialect may mean either. */
  private boolean doubtfulString() {
    return token.dialect.doubtfulDoubleQuotes
        && token.sql.charAt(token.start) == '"'
        && frame.context != SqlText.OTHER
        && !token.afterOperand
        && token.previous != SqlLexer.Kind.DOT
        && token.previousWord != SqlWord.AS
        && token.following() != '.';
  }

  // ---- Positions -------------------------------------------------------------------------------

  private void value() {
    int begin = token.kind == SqlLexer.Kind.VALUE ? token.contentStart : token.start;
    int end = token.kind == SqlLexer.Kind.VALUE ? token.contentEnd : token.end;
    int hash = hash(begin, end);
    if (afterString && token.string) { // 'a' 'b' is one literal
      positions.extend(hash);
      return;
    }
    if (frame.base == SqlText.IN && begin < end && token.sql.charAt(begin) == '{') {
      arrayLiteral(begin, end);
    }
    leads = leads();
    positions.literal(frame.context, hash);
    if (token.string && typeStart >= 0 && !out.overflow()) {
      out.takeBack(typeStart);
      out.append('?');
      units = interval;
    } else {
      writeMark();
    }
  }

  private void placeholder() {
    leads = leads();
    if (isParameter()) positions.parameter(frame.context);
    else positions.other(frame.context);
    writeMark();
  }

  /**
   * Whether it is a new JDBC parameter: no variable of the session, and no number of an earlier
   * one.
   */
  private boolean isParameter() {
    char mark = token.sql.charAt(token.start);
    if (mark == '@') return token.dialect == SqlDialect.SQLITE;
    boolean numbered = (mark == '?' || mark == '$') && token.end - token.start > 1;
    if (!numbered || token.end - token.start > 5) return true;
    int number = 0;
    for (int i = token.start + 1; i < token.end; i++) {
      int digit = token.sql.charAt(i) - '0';
      if (digit < 0 || digit > 9) return true;
      number = 10 * number + digit;
    }
    return number > positions.parameterCount();
  }

  private boolean leads() {
    return token.previous == SqlLexer.Kind.OPEN
        || token.previousWord != null && token.previousWord.reserved;
  }

  /** {@code ANY('{1,2,3}')}. */
  private void arrayLiteral(int begin, int end) {
    int members = 1;
    for (int i = begin; i < end; i++) if (token.sql.charAt(i) == ',') members++;
    listLength = Math.max(listLength, members);
  }

  private int hash(int begin, int end) {
    int hash = end - begin;
    for (int i = begin; i < end; i++) hash = 31 * hash + token.sql.charAt(i);
    int salted = Hash.of((long) hash);
    return salted == 0 ? 1 : salted;
  }

  private void relation() {
    byte relation = SqlRelation.of(token.sql, token.start, token.end);
    if (relation < 0) return;
    Frame f = frame;
    if (relation == SqlText.EQUALS && f.assigning && f.cases == 0) relation = SqlText.VALUES;
    if (relation == SqlText.RANGE && token.previousWord == SqlWord.ROWNUM) relation = SqlText.LIMIT;
    boolean operand =
        token.previous == SqlLexer.Kind.VALUE || token.previous == SqlLexer.Kind.PLACEHOLDER;
    if (operand && leads) positions.relateLast(relation); // ? = id
    f.context = relation;
  }

  // ---- Parentheses and lists -------------------------------------------------------------------

  private void open() {
    Frame outer = frame;
    boolean array = token.kind == SqlLexer.Kind.OPEN_ARRAY;
    SqlWord before = token.previousWord;
    boolean row = outer.values && !array;
    boolean list = before == SqlWord.ARRAY || before == SqlWord.IN && !array;
    byte base = row ? outer.rowContext : outer.context;
    // ANY(?) is one array: only a list written out in it has a length.
    boolean holds = before == SqlWord.ANY || before == SqlWord.ALL;
    if (list || holds || before == SqlWord.LIST_FUNCTION) base = SqlText.IN;
    if (row) outer.members.begin();
    write();
    if (depth == DEPTH - 1) {
      untracked++;
      return;
    }
    depth++;
    if (depth == frames.length) frames = Arrays.copyOf(frames, 2 * depth);
    if (frames[depth] == null) frames[depth] = new Frame();
    frame = frames[depth];
    frame.begin(base);
    frame.row = row;
    frame.list = list && lists < LIST_DEPTH;
    frame.counted = frame.list;
    if (frame.list) {
      lists++;
      frame.members.begin();
    }
  }

  private void close() {
    if (untracked > 0) {
      untracked--;
      write();
      return;
    }
    if (frame.list) frame.members.end(false);
    frame.arms.finish();
    write();
    if (depth == 0) return;
    if (frame.counted) lists--;
    boolean row = frame.row;
    frame = frames[--depth];
    if (row && frame.values) frame.members.end(true);
  }

  private void comma() {
    Frame f = frame;
    boolean list = f.list && untracked == 0;
    if (list) f.members.end(false);
    write();
    if (list) f.members.begin();
    if (f.values) f.context = f.rowContext;
    else if (f.context != SqlText.LIMIT) f.context = f.base; // LIMIT ?, ?
  }

  /** Rows follow each other with commas between, {@code ROW (..)} in MySQL. */
  private void valuesGoOn(SqlLexer.Kind kind) {
    if (kind == SqlLexer.Kind.OPEN || kind == SqlLexer.Kind.COMMA || untracked > 0) return;
    if (kind == SqlLexer.Kind.NAME && token.word == SqlWord.ROW) return;
    frame.values = false;
    frame.context = frame.base;
  }

  /** One level of parentheses. */
  private final class Frame {
    final Run members = new Run();
    final Run arms = new Run();

    /** What a position is here, where nothing else says so. */
    byte base;

    byte context;
    byte rowContext;
    boolean list;
    boolean counted;
    boolean values;
    boolean row;
    boolean assigning;
    boolean between;
    int cases;

    void begin(byte base) {
      this.base = context = base;
      list = values = row = assigning = between = counted = false;
      cases = 0;
      members.clear();
      arms.clear();
    }
  }

  /** Members of a list that follow each other; one that reads like the last one is taken back. */
  private final class Run {
    private int start = -1;
    private int firstPosition;
    private int firstParameter;
    private int mark;
    private int lastStart = -1;
    private int lastEnd;
    private int lastPosition;
    private int count;
    private int dropped;

    void clear() {
      start = lastStart = -1;
      count = dropped = 0;
    }

    void begin() {
      start = out.length();
      firstPosition = positions.count();
      firstParameter = positions.parameterCount();
      mark = summary.mark();
    }

    /** Ends a member of a list; {@code alike} takes it for a repetition without looking. */
    void end(boolean alike) {
      if (start < 0) return;
      count++;
      if (this == frame.arms) {
        repeated(false);
        if (dropped > 0) listLength = Math.max(listLength, dropped + 2);
      } else {
        repeated(alike);
        listLength = Math.max(listLength, count);
      }
      start = -1;
    }

    /** Ends the last UNION ALL arm. */
    void finish() {
      end(false);
      clear();
    }

    private void repeated(boolean alike) {
      if (out.overflow()) return;
      int end = out.length();
      int from = out.at(start) == ' ' ? start + 1 : start;
      boolean again = lastStart >= 0 && (alike || out.same(lastStart, lastEnd, from, end));
      if (again) {
        dropped++;
        positions.takeBack(firstPosition, firstParameter, lastPosition);
        out.takeBack(lastEnd);
        summary.reset(mark);
      } else {
        lastStart = from;
        lastEnd = end;
        lastPosition = firstPosition;
      }
    }
  }

  // ---- Text ------------------------------------------------------------------------------------

  private void write() {
    separate();
    if (token.end - token.start == 1) out.append(token.sql.charAt(token.start));
    else out.append(token.sql, token.start, token.end);
  }

  private void writeMark() {
    separate();
    // Two literals without a space between would read as an operator of PostgreSQL.
    if (!token.space && out.last() == '?') out.append(' ');
    out.append('?');
  }

  private void separate() {
    if (!token.space || out.length() == 0 || out.last() == '(' || out.last() == '[') return;
    switch (token.kind) {
      case CLOSE:
      case CLOSE_ARRAY:
      case COMMA:
      case SEMICOLON:
        return;
      default:
        out.append(' ');
    }
  }

  // ---- Result ----------------------------------------------------------------------------------

  String text(int maxBytes) {
    return out.text(maxBytes, token.sql);
  }

  long hash() {
    return out.hash();
  }

  SqlPositions positions() {
    return positions;
  }

  int listLength() {
    return listLength;
  }
}
