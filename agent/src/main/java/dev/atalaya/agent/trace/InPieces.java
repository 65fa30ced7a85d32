package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * Work that runs in pieces, on one thread after the other, as a coroutine does. Each piece belongs
 * to the span that the work was begun in, or to none if there was none, whichever thread runs it.
 *
 * <p>The unit of work waits for it until it ends. Once that is closed, what goes on belongs to
 * nothing: a coroutine that polls for ever must not stay in the request that happened to start it.
 *
 * <p>Work is known by an object of the library's, whose own thread rules apply to what is kept with
 * it.
 */
public final class InPieces {
  private static final Object NOTHING = new Object();

  private InPieces() {}

  /**
   * The work belongs to what this thread has open; what a library begins inside its call, to
   * nothing.
   */
  public static void begun(Object work) {
    Object before = States.get(work);
    Span here = here();
    States.put(work, here == null ? NOTHING : new Carried.Attached(here));
    if (before instanceof Carried.Attached) ((Carried.Attached) before).waitsNoMore();
  }

  /** Whether it was begun where nothing was open, and its end will be seen. */
  public static boolean mayAnswer(Object work) {
    return States.get(work) == NOTHING;
  }

  /** The work is what answers that request: {@code over} is called when it ends. */
  public static void answers(Object work, Span request, Runnable over) {
    States.put(work, new Answering(request, over));
  }

  /** A new object, not seen before, stands for a part of the work that this thread is at. */
  public static void within(Object work) {
    if (States.get(work) != null) return;
    Span here = here();
    States.put(work, here == null ? NOTHING : here);
  }

  /**
   * A piece begins on this thread; returns what {@link Recorder#restore} takes, null if nothing.
   */
  public static @Nullable Object goesOn(Object work) {
    Object state = States.get(work);
    if (state == null) return null;
    Span context = contextOf(state);
    if (context != null && context.request().unit.isClosed()) {
      States.put(work, NOTHING); // what is kept must not keep the request
      context = null;
    }
    return Open.get().parent == context ? null : Carried.enter(context);
  }

  public static void ended(Object work) {
    Object state = States.get(work);
    if (state == null) return;
    States.remove(work);
    if (state instanceof Carried.Attached) ((Carried.Attached) state).waitsNoMore();
    if (state instanceof Answering) ((Answering) state).over.run();
  }

  private static @Nullable Span contextOf(Object state) {
    if (state instanceof Carried.Attached) return ((Carried.Attached) state).context;
    return state instanceof Span ? (Span) state : null;
  }

  private static @Nullable Span here() {
    Open open = Open.get();
    if (open.call != null || open.quiet > 0 || open.parent == null) return null;
    return open.parent.request().unit.isClosed() ? null : open.parent;
  }

  private static final class Answering extends Carried.Attached {
    final Runnable over;

    Answering(Span request, Runnable over) {
      super(request);
      this.over = over;
    }
  }
}
