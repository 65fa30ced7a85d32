package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import java.util.Set;

/** What of the options the room uses, ready for use; live ones are asked for at every use. */
public interface TraceSettings {
  Propagation propagation();

  Sampler sampler();

  /** Semantic conventions' HTTP methods, or the user's; others read {@code _OTHER}. */
  Set<String> knownMethods();

  /** Whether requests to this path, or of this route, leave nothing. */
  boolean excludes(String pathOrRoute);

  /** A statement that takes longer is slow, in ns. */
  default long slowQueryNanos() {
    return Long.MAX_VALUE;
  }

  /** Whether plans are asked for, which takes a connection like the application's. */
  default boolean explains() {
    return false;
  }

  /** Whether stacks are walked to find the line that a call is made from. */
  default boolean findsCallSites() {
    return true;
  }

  /** Whether repeats of a statement are shown, and folded; else only the first and the last are. */
  default boolean folds() {
    return true;
  }

  /** Which classes are the application's own; one object for good. */
  default Application application() {
    return Application.BY_NAME;
  }
}
