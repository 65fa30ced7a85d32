package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.ErrorText;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Why a span is an error. Texts are masked when they are asked for, not on the way. */
public final class Failure {
  /** Semantic conventions' {@code error.type}: an exception's class, or a status. */
  public final String type;

  private final @Nullable String message;

  /** What was thrown, where something was. */
  public final @Nullable Throwable thrown;

  Failure(String type, @Nullable String message, @Nullable Throwable thrown) {
    this.type = type;
    this.message = message;
    this.thrown = thrown;
  }

  public static Failure of(Throwable thrown) {
    return new Failure(thrown.getClass().getName(), null, thrown);
  }

  /**
   * {@code db.response.status_code}: SQLState, or the vendor's code where there is none; the word
   * that a Redis error reply begins with, e.g. {@code WRONGTYPE}. Null where there is neither.
   */
  public @Nullable String responseStatus() {
    SQLException sql = ofSql();
    if (sql != null) {
      if (sql.getSQLState() != null) return sql.getSQLState();
      return sql.getErrorCode() == 0 ? null : String.valueOf(sql.getErrorCode());
    }
    if (isReplyCode(type)) return type;
    String text = thrown == null ? null : thrown.getMessage();
    if (text == null || text.isEmpty()) return null;
    int blank = text.indexOf(' ');
    String word = blank < 0 ? text : text.substring(0, blank);
    return isReplyCode(word) ? word : null;
  }

  private @Nullable SQLException ofSql() {
    try {
      return thrown instanceof SQLException ? (SQLException) thrown : null;
    } catch (LinkageError absent) {
      return null; // a runtime without the module java.sql
    }
  }

  private static boolean isReplyCode(String word) {
    if (word.length() < 3 || word.length() > 32) return false;
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < 'A' || word.charAt(i) > 'Z') return false;
    }
    return true;
  }

  /** The peer's or the exception's words, with values masked; null where there are none. */
  public @Nullable String message() {
    String text = message;
    if (text == null && thrown != null) text = thrown.getMessage();
    return text == null ? null : ErrorText.mask(text);
  }
}
