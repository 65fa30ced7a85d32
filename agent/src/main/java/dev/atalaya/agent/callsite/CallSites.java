package dev.atalaya.agent.callsite;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds call sites: on the calling thread, or of another thread's stack.
 *
 * <p>Nothing is thrown: a call whose site is not found is still a call.
 */
public final class CallSites {
  /** Frames looked at, the agent's own included. */
  private static final int DEEPEST = 128;

  private CallSites() {}

  /**
   * Null where no frame is the application's.
   *
   * @param loading the object that Hibernate is loading on its own, or null
   */
  public static @Nullable CallSite here(ClassRoles roles, @Nullable Object loading) {
    try {
      int known = roles.application.version();
      CallSite found = walked(roles, loading);
      // Classes further out may have told that others further in are the application's.
      return known == roles.application.version() ? found : walked(roles, loading);
    } catch (Throwable unknown) {
      return null;
    }
  }

  private static @Nullable CallSite walked(ClassRoles roles, @Nullable Object loading)
      throws Throwable {
    CallSiteSearch search = new CallSiteSearch(roles, DEEPEST);
    ThreadFrames.walk(search);
    return search.found(loading);
  }

  /** Of another thread's stack, by the names of its classes; not on an application's thread. */
  public static @Nullable CallSite of(
      StackTraceElement[] stack, ClassRoles roles, @Nullable Object loading) {
    try {
      Set<String> names = new HashSet<>();
      for (StackTraceElement frame : stack) names.add(frame.getClassName());
      roles.resolve(names);
      CallSiteSearch search = new CallSiteSearch(roles, DEEPEST);
      for (int i = 0; i < stack.length && search.goesOn(); i++) search.accept(stack[i]);
      return search.found(loading);
    } catch (Throwable unknown) {
      return null;
    }
  }
}
