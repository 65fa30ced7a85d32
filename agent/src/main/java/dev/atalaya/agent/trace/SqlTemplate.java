package dev.atalaya.agent.trace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the normalised text of the tokens, and notes what stands in each position.
 *
 * <p>Lists collapse while they are written: a member that reads like the one before it is taken
 * back, so that a list of any length needs room for two members. Of texts that are longer without
 * their lists only the hash goes on behind 64 K characters.
 */
final class SqlTemplate {
  private static final int ROOM = 64 * 1024;
  private static final int DEPTH = 64;

  /** List in list: each level compares its members once more, so their number is bounded. */
  private static final int LIST_DEPTH = 8;

  /** A member's positions are counted before it is taken back. */
  private static final int POSITIONS = 3 * SqlText.MAX_POSITIONS;

  private static final int PARAMETERS = 4096;

  private final SqlLexer token;
  private final SqlSummary summary;

  private char[] out;
  private int length;
  private boolean overflow;
  private long overflowHash;

  private Frame[] frames = new Frame[4];
  private int depth;
  private int untracked;
  private int lists;
  private Frame frame;

  private byte[] contexts = new byte[8];
  private int[] hashes = new int[8];
  private int positions;
  private boolean literals;
  private short[] parameters = new short[8];
  private int parameterCount;
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
    this.out = new char[Math.min(token.sql.length() + 8, 4096)];
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
      typeStart = length - (token.end - token.start);
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
    if (afterString && token.string && positions > 0) { // 'a' 'b' is one literal
      if (positions <= POSITIONS) hashes[positions - 1] = 31 * hashes[positions - 1] + hash;
      return;
    }
    if (frame.base == SqlText.IN && begin < end && token.sql.charAt(begin) == '{') {
      arrayLiteral(begin, end);
    }
    literals = true;
    position(hash);
    if (token.string && typeStart >= 0 && !overflow) {
      length = typeStart;
      append('?');
      units = interval;
    } else {
      writeMark();
    }
  }

  private void placeholder() {
    if (parameterCount < PARAMETERS) {
      if (parameterCount == parameters.length) {
        parameters = Arrays.copyOf(parameters, 2 * parameterCount);
      }
      parameters[parameterCount++] = (short) Math.min(positions, Short.MAX_VALUE);
    }
    position(0);
    writeMark();
  }

  private void position(int hash) {
    leads =
        token.previous == SqlLexer.Kind.OPEN
            || token.previousWord != null && token.previousWord.reserved;
    if (positions < POSITIONS) {
      if (positions == contexts.length) {
        contexts = Arrays.copyOf(contexts, 2 * positions);
        hashes = Arrays.copyOf(hashes, 2 * positions);
      }
      contexts[positions] = frame.context;
      hashes[positions] = hash;
    }
    positions++;
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
    byte relation = relation(token.sql, token.start, token.end);
    if (relation < 0) return;
    Frame f = frame;
    if (relation == SqlText.EQUALS && f.assigning && f.cases == 0) relation = SqlText.VALUES;
    if (relation == SqlText.RANGE && token.previousWord == SqlWord.ROWNUM) relation = SqlText.LIMIT;
    boolean operand =
        token.previous == SqlLexer.Kind.VALUE || token.previous == SqlLexer.Kind.PLACEHOLDER;
    int last = positions - 1;
    if (operand && leads && last < POSITIONS && contexts[last] == SqlText.OTHER) {
      contexts[last] = relation; // ? = id
    }
    f.context = relation;
  }

  /** What an operator makes of its operands, or -1 where it leaves them what they are. */
  private static byte relation(String sql, int start, int end) {
    char first = sql.charAt(start);
    int width = end - start;
    char last = sql.charAt(end - 1);
    char next = end < sql.length() ? sql.charAt(end) : 0;
    switch (first) {
      case '=':
        return width == 1 || last == '=' ? SqlText.EQUALS : -1;
      case '<':
        if (width == 3 && last == '>') return SqlText.EQUALS; // <=> of MySQL
        if (width == 2 && last == '>') return SqlText.OTHER;
        if (next == '@' || next == '-' && end + 1 < sql.length() && sql.charAt(end + 1) == '>') {
          return -1; // <@ and <-> of PostgreSQL
        }
        return width == 1 || last == '=' ? SqlText.RANGE : -1;
      case '>':
        if (start > 0 && sql.charAt(start - 1) == '@') return -1; // @>
        return width == 1 || last == '=' ? SqlText.RANGE : -1;
      case '!':
        if (width > 1 && sql.charAt(start + 1) == '~') return SqlText.LIKE;
        if (width == 2 && (last == '<' || last == '>')) return SqlText.RANGE;
        return width == 2 && last == '=' ? SqlText.OTHER : -1;
      case '~':
        return last == '=' ? SqlText.OTHER : SqlText.LIKE;
      case '^':
        return width == 2 && last == '=' ? SqlText.OTHER : -1;
      case ':':
        return last == '=' ? SqlText.VALUES : -1;
      default:
        return -1;
    }
  }

  // ---- Parentheses and lists -------------------------------------------------------------------

  private void open() {
    Frame outer = frame;
    boolean array = token.kind == SqlLexer.Kind.OPEN_ARRAY;
    SqlWord before = token.previousWord;
    boolean row = outer.values && !array;
    boolean list = before == SqlWord.ARRAY || before == SqlWord.IN && !array;
    byte base = row ? outer.rowContext : outer.context;
    if (before == SqlWord.ANY || before == SqlWord.ALL) list = true;
    if (list || before == SqlWord.LIST_FUNCTION) base = SqlText.IN;
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
      start = length;
      firstPosition = positions;
      firstParameter = parameterCount;
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
      if (overflow) return;
      int from = start < length && out[start] == ' ' ? start + 1 : start;
      boolean again = lastStart >= 0 && (alike || same(lastStart, lastEnd, from, length));
      if (again) {
        dropped++;
        takeBack(firstPosition, firstParameter, lastPosition);
        length = lastEnd;
        summary.reset(mark);
      } else {
        lastStart = from;
        lastEnd = length;
        lastPosition = firstPosition;
      }
    }
  }

  private boolean same(int start, int end, int otherStart, int otherEnd) {
    if (end - start != otherEnd - otherStart) return false;
    for (int i = start, j = otherStart; i < end; i++, j++) if (out[i] != out[j]) return false;
    return true;
  }

  /** The positions from {@code from} on become those of the member that begins at {@code last}. */
  private void takeBack(int from, int parameter, int last) {
    int shift = from - last;
    for (int i = from; i < Math.min(positions, POSITIONS) && i - shift < from; i++) {
      hashes[i - shift] = 31 * hashes[i - shift] + hashes[i];
    }
    for (int i = parameter; i < parameterCount; i++) {
      int moved = parameters[i] - shift;
      parameters[i] = (short) (moved < from ? moved : -1);
    }
    positions = from;
  }

  // ---- Text ------------------------------------------------------------------------------------

  private void write() {
    separate();
    int begin = token.start;
    int end = token.end;
    if (end - begin == 1) {
      append(token.sql.charAt(begin));
      return;
    }
    if (end - begin > out.length - length) grow(end - begin);
    int fits = Math.min(end - begin, out.length - length);
    token.sql.getChars(begin, begin + fits, out, length);
    length += fits;
    for (int i = begin + fits; i < end; i++) append(token.sql.charAt(i));
  }

  private void writeMark() {
    separate();
    // Two literals without a space between would read as an operator of PostgreSQL.
    if (!token.space && length > 0 && out[length - 1] == '?') append(' ');
    append('?');
  }

  private void separate() {
    if (!token.space || length == 0) return;
    char last = out[length - 1];
    if (last == '(' || last == '[') return;
    switch (token.kind) {
      case CLOSE:
      case CLOSE_ARRAY:
      case COMMA:
      case SEMICOLON:
        return;
      default:
        append(' ');
    }
  }

  private void append(char c) {
    if (length == out.length && length < ROOM) grow(1);
    if (length < out.length) {
      out[length++] = c;
    } else {
      overflow = true;
      overflowHash = overflowHash * 31 + c;
    }
  }

  private void grow(int more) {
    int wanted = Math.min(ROOM, Math.max(length + more, 2 * out.length));
    if (wanted > out.length) out = Arrays.copyOf(out, wanted);
  }

  // ---- Result ----------------------------------------------------------------------------------

  /** The text in at most so many bytes of UTF-8, whole characters only. */
  String text(int maxBytes) {
    int end = 0;
    for (int bytes = 0; end < length; end++) {
      char c = out[end];
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
      if (bytes > maxBytes) break;
    }
    if (end > 0 && end < length && Character.isHighSurrogate(out[end - 1])) end--;
    // Prepared statements mostly are templates already.
    if (end == token.sql.length() && unchanged()) return token.sql;
    return new String(out, 0, end);
  }

  private boolean unchanged() {
    for (int i = 0; i < length; i++) if (token.sql.charAt(i) != out[i]) return false;
    return true;
  }

  long hash() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) hash = (hash ^ out[i]) * 0x100000001b3L;
    hash = (hash ^ overflowHash) * 0x100000001b3L;
    return hash ^ (hash >>> 32);
  }

  byte[] contexts() {
    return Arrays.copyOf(contexts, Math.min(positions, SqlText.MAX_POSITIONS));
  }

  int[] literalHashes() {
    return literals ? Arrays.copyOf(hashes, Math.min(positions, SqlText.MAX_POSITIONS)) : new int[0];
  }

  byte[] parameters() {
    byte[] result = new byte[parameterCount];
    for (int i = 0; i < parameterCount; i++) {
      result[i] = (byte) (parameters[i] < SqlText.MAX_POSITIONS ? parameters[i] : -1);
    }
    return result;
  }

  int listLength() {
    return listLength;
  }
}
