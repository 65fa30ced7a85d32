package dev.atalaya.agent.trace;

import java.util.Set;

/** What of the options the room uses, ready for use; live ones are asked for at every use. */
public interface TraceSettings {
  Propagation propagation();

  Sampler sampler();

  /** Semantic conventions' HTTP methods, or the user's; others read {@code _OTHER}. */
  Set<String> knownMethods();

  /** Whether requests to this path, or of this route, leave nothing. */
  boolean excludes(String pathOrRoute);

  /** Whether a class is the application's own; a job of a library's is none of the user's. */
  default boolean isApplication(String className) {
    return !KnownLibraries.hold(className);
  }
}
