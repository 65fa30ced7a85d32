package dev.atalaya.api;

import java.util.concurrent.Callable;

/**
 * The span that is open on the calling thread: a request's, a job's, or one begun here.
 *
 * <p>These methods do nothing by themselves. The agent, where attached, weaves them as it weaves
 * any library. None throws anything of its own, and any thread may call.
 */
public final class Atalaya {
  private Atalaya() {}

  /** The trace's id, 32 hex digits; null where no span is open or no agent attached. */
  public static String traceId() {
    return null;
  }

  /** The open span's id, 16 hex digits; null where no span is open or no agent attached. */
  public static String spanId() {
    return null;
  }

  /**
   * Sets an attribute of the open span, as it is: nothing of it is redacted. The latest value of a
   * key counts, but the agent's own attributes stay. The first 128 calls of a span count.
   *
   * @param key null is ignored
   * @param value a String, a number, a Boolean, or a Collection or array of those, of which 1,000
   *     elements are kept; other types become text on this thread; null is ignored
   */
  public static void attribute(String key, Object value) {}

  /**
   * Records an exception that the application handles itself as an event of the open span, which
   * does not fail by it; null is ignored.
   */
  public static void exception(Throwable error) {}

  /**
   * Runs the task in a span, a child of what is open or a trace of its own. What the task throws is
   * recorded and thrown on.
   *
   * @param name of few values, as spans are grouped by it: an id belongs in an attribute
   */
  public static <T> T span(String name, Callable<T> task) throws Exception {
    return task.call();
  }

  /** As {@link #span(String, Callable)}, without a result. */
  public static void span(String name, Runnable task) {
    task.run();
  }
}
