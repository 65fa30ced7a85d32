package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import org.jspecify.annotations.Nullable;

/**
 * The application's lines that make what is sent later. A reactive call is put together by the
 * application and sent when somebody subscribes: no frame of the application's is on the stack
 * then. So the line is looked for where the call is made, and goes with it until it is sent.
 */
public final class Assembly {
  /** What is known to have no line: it is not looked for again. */
  private static final Object NONE = new Object();

  private final TraceSettings settings;

  Assembly(TraceSettings settings) {
    this.settings = settings;
  }

  /**
   * The line that this thread is at, to be kept and given to {@link #enter}; null outside of
   * requests and jobs. Whether a call is one of many is not known yet, so it is looked for as often
   * as if all calls of the unit were one that repeats.
   */
  public @Nullable Object here() {
    Open open = Open.get();
    if (open.assembly != null) return open.assembly;
    Span parent = open.parent;
    if (parent == null || !settings.findsCallSites()) return null;
    int number = parent.request().unit.assembled();
    if (number > 1 && !Repeats.isWalked(number)) return NONE;
    CallSite site = CallSites.here(settings.application().roles, null);
    return site == null ? NONE : site;
  }

  /** What this thread makes or sends until {@link #leave} is of that line; null is no line. */
  public static void enter(@Nullable Object line) {
    Open.get().assembly = line;
  }

  public static void leave() {
    Open.get().assembly = null;
  }
}
