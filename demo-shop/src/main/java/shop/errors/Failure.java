package shop.errors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What makes two exceptions the same error: their type, their root cause, and where it hit us. */
record Failure(String type, String cause, String frame) {
  /** Deeper than real chains; one that bites its own tail must end too. */
  private static final int DEPTH = 50;

  static Failure of(Throwable thrown) {
    Throwable root = root(thrown);
    return new Failure(thrown.getClass().getName(), root.getClass().getName(), frame(thrown));
  }

  static Throwable root(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    return chain.get(chain.size() - 1);
  }

  /** The outer one says in our words what the inner ones were about. */
  static String message(Throwable thrown) {
    return chain(thrown).stream()
        .map(Throwable::getMessage)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /**
   * The first line of the shop's own code in the root cause; a cause of another thread may have
   * none, then in what it caused. The first line of all where we were not involved.
   */
  private static String frame(Throwable thrown) {
    List<Throwable> chain = new ArrayList<>(chain(thrown));
    Collections.reverse(chain);
    List<StackTraceElement> frames =
        chain.stream().flatMap(cause -> Stream.of(cause.getStackTrace())).toList();
    return frames.stream()
        .filter(Failure::isOurs)
        .findFirst()
        .or(() -> frames.stream().findFirst())
        .map(StackTraceElement::toString)
        .map(Failure::withoutLoader)
        .orElse("");
  }

  private static List<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(DEPTH).toList();
  }

  private static boolean isOurs(StackTraceElement frame) {
    // Spring's proxies have our package, and no lines.
    return frame.getClassName().startsWith("shop.") && !frame.getClassName().contains("$$");
  }

  /**
   * {@code app//shop.web.Till.checkout(Till.java:24)} and the like: the loader is of no interest.
   */
  private static String withoutLoader(String frame) {
    return frame.substring(frame.lastIndexOf('/') + 1);
  }
}
