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

  private final @Nullable String responseStatus;

  private Failure(
      String type,
      @Nullable String message,
      @Nullable Throwable thrown,
      @Nullable String responseStatus) {
    this.type = type;
    this.message = message;
    this.thrown = thrown;
    this.responseStatus = responseStatus;
  }

  public static Failure of(Throwable thrown) {
    return of(thrown, null);
  }

  /** {@code responseStatus} is the peer's own code for it. */
  public static Failure of(Throwable thrown, @Nullable String responseStatus) {
    return new Failure(thrown.getClass().getName(), null, thrown, responseStatus);
  }

  /** The peer's response says it; nothing was thrown. */
  public static Failure answered(
      String type, @Nullable String message, @Nullable String responseStatus) {
    return new Failure(type, message, null, responseStatus);
  }

  /** The peer's response says it; {@code thrown} is the reason, where that is known. */
  static Failure answered(String type, @Nullable Throwable thrown) {
    return new Failure(type, null, thrown, null);
  }

  /**
   * {@code db.response.status_code}: SQLState, or the vendor's code where there is none; of other
   * databases what {@link #of} or {@link #answered} was given. Null where there is none.
   */
  public @Nullable String responseStatus() {
    SQLException sql = ofSql();
    if (sql == null) return responseStatus;
    if (sql.getSQLState() != null) return sql.getSQLState();
    return sql.getErrorCode() == 0 ? null : String.valueOf(sql.getErrorCode());
  }

  private @Nullable SQLException ofSql() {
    try {
      return thrown instanceof SQLException ? (SQLException) thrown : null;
    } catch (LinkageError absent) {
      return null; // a runtime without the module java.sql
    }
  }

  /** The peer's or the exception's words, with values masked; null where there are none. */
  public @Nullable String message() {
    String text = message;
    if (text == null && thrown != null) text = thrown.getMessage();
    return text == null ? null : ErrorText.mask(text);
  }
}
