package dev.atalaya.agent.trace;

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

  static Failure of(Throwable thrown) {
    return new Failure(thrown.getClass().getName(), null, thrown);
  }

  /** SQLState, or the vendor's code where there is none; null for what is no SQL error. */
  public @Nullable String sqlState() {
    if (!(thrown instanceof SQLException)) return null;
    SQLException sql = (SQLException) thrown;
    if (sql.getSQLState() != null) return sql.getSQLState();
    return sql.getErrorCode() == 0 ? null : String.valueOf(sql.getErrorCode());
  }

  /** The peer's or the exception's words, with values masked; null where there are none. */
  public @Nullable String message() {
    String text = message;
    if (text == null && thrown != null) text = thrown.getMessage();
    return text == null ? null : ErrorText.mask(text);
  }
}
