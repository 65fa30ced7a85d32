package dev.atalaya.agent.export;

import org.jspecify.annotations.Nullable;

/** A stack trace as {@link Throwable#printStackTrace} shows it, without messages and bounded. */
final class StackText {
  private static final int LONGEST = 8 * 1024;
  private static final int MOST_CAUSES = 10;

  private StackText() {}

  /** {@code message}, where there is one, stands only behind the thrown exception itself. */
  static String of(Throwable thrown, @Nullable String message) {
    StringBuilder text = new StringBuilder(LONGEST / 2);
    text.append(thrown.getClass().getName());
    if (message != null) text.append(": ").append(message);
    StackTraceElement[] outer = new StackTraceElement[0];
    Throwable one = thrown;
    for (int causes = causes(thrown); one != null && causes >= 0; causes--, one = one.getCause()) {
      if (one != thrown) text.append("\nCaused by: ").append(one.getClass().getName());
      StackTraceElement[] frames = one.getStackTrace();
      // The last cause is often the one that tells: an even share for each.
      int share = (LONGEST - text.length()) / (causes + 1);
      frames(frames, frames.length - inCommon(frames, outer), text, text.length() + share);
      outer = frames;
    }
    if (text.length() > LONGEST) text.setLength(LONGEST);
    return text.toString();
  }

  private static int causes(Throwable thrown) {
    int causes = 0;
    Throwable one = thrown.getCause();
    while (one != null && causes < MOST_CAUSES) {
      causes++;
      one = one.getCause();
    }
    return causes;
  }

  private static void frames(StackTraceElement[] frames, int own, StringBuilder text, int end) {
    int shown = 0;
    while (shown < own && text.length() < end) text.append("\n\tat ").append(frames[shown++]);
    int hidden = frames.length - shown;
    if (hidden > 0) text.append("\n\t... ").append(hidden).append(" more");
  }

  private static int inCommon(StackTraceElement[] frames, StackTraceElement[] outer) {
    int same = 0;
    while (same < frames.length
        && same < outer.length
        && frames[frames.length - 1 - same].equals(outer[outer.length - 1 - same])) {
      same++;
    }
    return same;
  }
}
