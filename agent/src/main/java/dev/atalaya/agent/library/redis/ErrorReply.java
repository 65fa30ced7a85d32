package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.trace.Failure;
import org.jspecify.annotations.Nullable;

/** Error replies begin with their kind: {@code WRONGTYPE Operation against a key ...}. */
public final class ErrorReply {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 32;

  private ErrorReply() {}

  /** What was thrown may be the reply. */
  public static Failure thrown(Throwable error) {
    return Failure.of(error, kind(text(error)));
  }

  public static Failure of(String reply) {
    String kind = kind(reply);
    return Failure.answered(kind == null ? "ERR" : kind, reply, kind == null ? "ERR" : kind);
  }

  private static @Nullable String text(Throwable error) {
    try {
      return error.getMessage();
    } catch (RuntimeException silent) {
      return null; // the call has to end all the same
    }
  }

  private static @Nullable String kind(@Nullable String reply) {
    if (reply == null) return null;
    int space = reply.indexOf(' ');
    int length = space < 0 ? reply.length() : space;
    if (length < SHORTEST || length > LONGEST) return null;
    for (int i = 0; i < length; i++) {
      if (reply.charAt(i) < 'A' || reply.charAt(i) > 'Z') return null;
    }
    return reply.substring(0, length);
  }
}
