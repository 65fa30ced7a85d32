package dev.atalaya.agent.trace;

import dev.atalaya.bridge.Call;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has open: the span that its calls become children of, and its one outgoing call.
 *
 * <p>Touched by its own thread alone. As a {@link Call} it is the end of a quiet stretch.
 */
final class Open extends Call {
  private static final ThreadLocal<Open> OPEN = ThreadLocal.withInitial(Open::new);

  /** Counts the agent's switches: what was open before one is void, as its end may not be seen. */
  private static volatile int generation;

  private int born = generation;

  /** The span that encloses what begins next; its request is the thread's. */
  @Nullable Span parent;

  /** The outgoing call in progress; nothing is recorded inside it. */
  @Nullable Span call;

  /** Above 0 while a library works for itself, or always in the agent's own threads. */
  int quiet;

  /** The statement that the innermost of nested prepares made last. */
  @Nullable StatementState made;

  /** The path of the JAX-RS locators passed so far, on the way to a resource. */
  @Nullable String located;

  private Open() {}

  static Open get() {
    Open open = OPEN.get();
    if (open.born != generation) open.reset();
    return open;
  }

  /** Whether what encloses began on this thread, or goes on here, rather than was carried here. */
  boolean serving() {
    Span enclosing = parent;
    if (enclosing == null) return false;
    Span root = enclosing.request().root;
    return root != null && root.endNanos() == 0 && root.isOn(this);
  }

  /** Makes every thread forget what it has open. */
  static void forgetAll() {
    synchronized (Open.class) {
      generation++;
    }
  }

  /** Records nothing on this thread any more; for the agent's own. */
  static void mute() {
    get().quiet = 1 << 30;
  }

  /** Nothing is recorded until the returned call ends; stretches nest. */
  Call quieten() {
    quiet++;
    return this;
  }

  @Override
  public void end(@Nullable Throwable error) {
    if (quiet > 0) quiet--;
  }

  @Override
  public void status(int code) {}

  @Override
  public void error(@Nullable String type, @Nullable String message) {}

  @Override
  public void attribute(String key, @Nullable Object value) {}

  @Override
  public void detach() {}

  private void reset() {
    born = generation;
    parent = null;
    call = null;
    made = null;
    if (quiet < 1 << 29) quiet = 0;
  }
}
