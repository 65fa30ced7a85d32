package dev.atalaya.agent.trace;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds call sites: on the calling thread, or of another that is still at it.
 *
 * <p>What is known of a class is kept with the predicate, so callers keep one for good. No failure
 * leaves here: a call whose site is not found is still a call.
 */
final class CallSites {
  /** Frames looked at, the agent's own included. */
  private static final int DEEPEST = 128;

  private static volatile @Nullable ClassRoles roles;

  private CallSites() {}

  /**
   * Null where no frame is the application's.
   *
   * @param loading what {@link Open} holds: the object whose loading Hibernate is at, or null
   */
  static @Nullable CallSite here(Predicate<String> isApplication, @Nullable Object loading) {
    try {
      CallSiteSearch search = new CallSiteSearch(roles(isApplication), DEEPEST);
      ThreadFrames.walk(search);
      return search.found(loading);
    } catch (Throwable unknown) {
      return null;
    }
  }

  static @Nullable CallSite of(
      StackTraceElement[] stack, Predicate<String> isApplication, @Nullable Object loading) {
    try {
      CallSiteSearch search = new CallSiteSearch(roles(isApplication), DEEPEST);
      for (int i = 0; i < stack.length && search.goesOn(); i++) search.accept(stack[i]);
      return search.found(loading);
    } catch (Throwable unknown) {
      return null;
    }
  }

  private static ClassRoles roles(Predicate<String> isApplication) {
    ClassRoles known = roles;
    if (known == null || known.isApplication != isApplication) {
      roles = known = new ClassRoles(isApplication);
    }
    return known;
  }
}
