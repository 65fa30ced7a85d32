package dev.atalaya.bridge;

/** What enter advice hands to exit advice: one span in progress. Ending it twice does nothing. */
public abstract class Call {
  /** Ends the span now; {@code error} is what the method threw, or null. */
  public abstract void end(Throwable error);

  /** The response's status code, HTTP's or another protocol's; 0 is ignored. */
  public abstract void status(int code);

  /** The call's error as the peer reported it, e.g. in an error reply; a null type is ignored. */
  public abstract void error(String type, String message);

  /** An attribute of the span; null values are ignored, unknown types become text. */
  public abstract void attribute(String key, Object value);

  /**
   * Lets go of this thread: the call stays open, further calls of the thread are no longer inside
   * it, and whoever holds it ends it, on any thread. For calls whose answer comes later.
   */
  public abstract void detach();
}
