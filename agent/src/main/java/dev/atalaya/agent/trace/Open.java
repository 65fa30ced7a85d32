package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.ClassRoles;
import dev.atalaya.agent.callsite.OwnWork;
import dev.atalaya.bridge.Call;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has open: the span that its calls become children of, and its one outgoing call.
 *
 * <p>Touched by its own thread alone. As a {@link Call} it is the end of a quiet stretch.
 */
public final class Open extends Call {
  private static final ThreadLocal<Open> OPEN = ThreadLocal.withInitial(Open::new);

  /**
   * Counts how often the agent was switched on or off: an end may be missed then, so what was open
   * before is void.
   */
  private static volatile int generation;

  private static final int[] NO_VALUES = {};

  private int born = generation;

  /** The span that encloses what begins next; its request is the thread's. */
  @Nullable Span parent;

  /** The outgoing call in progress; nothing is recorded inside it. */
  @Nullable Span call;

  /** Above 0 while a library works for itself, or always in the agent's own threads. */
  int quiet;

  /** The statement that the innermost of nested prepares made last. */
  @Nullable StatementState made;

  /** The result set that was given rows to count last. */
  @Nullable WeakReference<Object> counting;

  /** What calls outside of requests and jobs are a part of, until the thread rests. */
  volatile @Nullable UnitOfWork window;

  /** The thread's connection does not commit by itself. */
  boolean manualCommit;

  /** How long the last connection borrowed was waited for, in ns. */
  long poolWaitNanos;

  /** The innermost object that an object-relational mapper is loading on its own. */
  @Nullable Object loading;

  /** The call site of what the thread makes or sends, where that is known already; see Assembly. */
  @Nullable Object assembly;

  private int[] values = NO_VALUES;

  /** The request that this thread answered last, by an error; its error page may follow. */
  @Nullable Span answered;

  private Open() {
    OpenThreads.add(this);
  }

  /** The unit of what this thread does outside of requests and jobs. */
  UnitOfWork window(boolean findsCallSites, ClassRoles roles) {
    UnitOfWork known = window;
    if (known == null || known.isClosed()) {
      boolean own = findsCallSites && OwnWork.isHere(roles);
      window = known = UnitOfWork.ofThread(Thread.currentThread().getName(), own);
    }
    return known;
  }

  /** What comes next on this thread has nothing to do with what was. */
  void taskEnded() {
    UnitOfWork ended = window;
    // A server's thread is not looked at again before it has rested.
    if (ended == null || !ended.isOwn()) return;
    window = null;
    OpenThreads.ended(ended);
  }

  /** A request begins: a call whose exit never ran does not enclose it. */
  void restart() {
    call = null;
    answered = null;
    poolWaitNanos = 0;
    manualCommit = false; // of a connection that was closed in a transaction
  }

  /** Room for so many hashes; used by one call at a time. */
  int[] values(int count) {
    if (values.length < count) values = new int[Math.min(64, Math.max(8, 2 * count))];
    return values;
  }

  /** That of the calling thread. */
  public static Open get() {
    Open open = OPEN.get();
    if (open.born != generation) open.reset();
    return open;
  }

  /** The outgoing call in progress. */
  public @Nullable Span call() {
    return call;
  }

  /** Whether nothing is to be recorded now. */
  public boolean isQuiet() {
    return quiet > 0;
  }

  /** The span went on without this thread, which is done with it now. */
  void forget(Span gone) {
    if (parent != gone) return;
    parent = null;
    call = null;
    made = null;
  }

  /**
   * Whether the enclosing request or job began on this thread or continues here, and was not
   * carried by a task.
   */
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

  /** Whether the thread is the agent's own. */
  boolean muted() {
    return quiet >= 1 << 29;
  }

  /**
   * Advice failed for want of memory or stack. Perhaps it was to end what is open, because of which
   * the thread would record nothing any more.
   */
  void doubt() {
    call = null;
    if (!muted()) quiet = 0;
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
    counting = null;
    loading = null;
    assembly = null;
    answered = null;
    if (!muted()) quiet = 0;
  }
}
