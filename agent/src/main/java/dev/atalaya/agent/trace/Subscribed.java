package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * The context that a chain of operators was subscribed in, kept with the subscriber that its source
 * sends signals to: what they lead to belongs there, whatever thread they come on.
 *
 * <p>The request waits for none of them, as nothing tells an answer that is still to come from a
 * stream that never ends. Once it has ended, signals belong to nobody: not to it, and not to the
 * request that sends them.
 */
public final class Subscribed {
  /** What to go back to where the thread had nothing open. */
  private static final Object NOTHING = new Object();

  private @Nullable Span context;

  private Subscribed(Span context) {
    this.context = context;
  }

  /**
   * What this subscriber is sent belongs to this thread's context, unless it is another's already:
   * operators subscribe again with the same one, on whatever thread they have come to.
   */
  public static void mark(@Nullable Object subscriber) {
    Span here = subscriber == null ? null : Recorder.handedOver();
    if (here != null && States.get(subscriber) == null) {
      States.put(subscriber, new Subscribed(here));
    }
  }

  /** This thread's context, to be kept with what is told of something later; null for none. */
  public static @Nullable Subscribed here() {
    Span here = Recorder.handedOver();
    return here == null ? null : new Subscribed(here);
  }

  /** Whether it is nobody's any more, as its request has ended. */
  public boolean isOver() {
    return context() == null;
  }

  /** Nothing more is expected. */
  public static void forget(@Nullable Object subscriber) {
    if (subscriber != null && States.get(subscriber) instanceof Subscribed) {
      States.remove(subscriber);
    }
  }

  /**
   * Enters what is kept with a subscriber. Returns what {@link #leave} takes; null where nothing is
   * to be left: the thread is there already, or inside a call of the same request.
   */
  public static @Nullable Object enter(@Nullable Object state) {
    if (!(state instanceof Subscribed)) return null;
    Subscribed subscribed = (Subscribed) state;
    Open open = Open.get();
    Span here = open.parent;
    Span call = open.call;
    if (open.quiet > 0 || call == null && here == subscribed.context) return null;
    Span context = subscribed.context();
    if (call == null && here == context) return null;
    if (call != null && (context == null || call.request() == context.request())) return null;
    open.parent = context;
    open.call = null;
    if (call != null) return new Inside(here, call);
    return here == null ? NOTHING : here;
  }

  public static void leave(@Nullable Object previous) {
    if (previous == null) return;
    Open open = Open.get();
    if (previous instanceof Inside) {
      open.parent = ((Inside) previous).parent;
      open.call = ((Inside) previous).call;
    } else {
      open.parent = previous == NOTHING ? null : (Span) previous;
      open.call = null;
    }
  }

  /** Null once its request has ended: what is kept must not keep that alive. */
  private @Nullable Span context() {
    Span known = context;
    if (known != null && known.request().rootEnded()) context = known = null;
    return known;
  }

  /** What a thread had open when a signal came in the middle of a call of another request. */
  private static final class Inside {
    final @Nullable Span parent;
    final Span call;

    Inside(@Nullable Span parent, Span call) {
      this.parent = parent;
      this.call = call;
    }
  }
}
