package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Trait;
import org.jspecify.annotations.Nullable;

/** Where in the application a call came from, and what lay between. */
public final class CallSite {
  /** The application's frames above the call, the innermost first; one to five. */
  public final StackTraceElement[] frames;

  /**
   * The library's method that the application called, of a class as its frame names it: {@code
   * org.springframework.jdbc.core.JdbcTemplate.queryForObject}; of a proxy by the application's
   * interface, {@code shop.OrderRepository.findById}; null where it called JDBC or Redis itself.
   */
  public final @Nullable String called;

  /** Whether that is declared by an interface of the application's, which a library implements. */
  public final boolean isOwnMethod;

  /** Bits of all libraries that were passed on the way, as the catalogue has them. */
  private final long passed;

  /** What an object-relational mapper is loading on its own: {@code shop.Order.lines}; or null. */
  public final @Nullable String loading;

  /** The same as the mapping declares it; or null. */
  public final @Nullable Loaded loaded;

  /** A hash of all frames, so that comparing is cheap. */
  private final int hash;

  public CallSite(
      StackTraceElement[] frames, @Nullable String called, long passed, @Nullable String loading) {
    this(frames, called, false, passed, loading, null);
  }

  public CallSite(
      StackTraceElement[] frames,
      @Nullable String called,
      boolean isOwnMethod,
      long passed,
      @Nullable String loading,
      @Nullable Loaded loaded) {
    this.loaded = loaded;
    this.isOwnMethod = isOwnMethod;
    this.frames = frames;
    this.called = called;
    this.passed = passed;
    this.loading = loading;
    hash = hash(frames);
  }

  private static int hash(StackTraceElement[] frames) {
    int hash = 1;
    for (StackTraceElement frame : frames) {
      hash = 31 * hash + frame.getClassName().hashCode();
      hash = 31 * hash + frame.getMethodName().hashCode();
      hash = 31 * hash + frame.getLineNumber();
    }
    return hash;
  }

  /** Whether the call went through a library that has the tag. */
  public boolean passed(String tag) {
    return (passed & Catalogue.tag(tag)) != 0;
  }

  /** Whether it is within a migration of the database. */
  public boolean isMigration() {
    return passed(Trait.MIGRATION);
  }

  /** Whether a mapper loads on its own: what is used, or what comes with its owner. */
  public boolean isLoading() {
    return passed(Trait.LOADS_LAZILY) || isEager();
  }

  /** Whether a mapper loads what comes with its owner, by a statement of its own. */
  public boolean isEager() {
    return passed(Trait.LOADS_EAGERLY);
  }

  private boolean passed(Trait trait) {
    return (passed & trait.bit()) != 0;
  }

  public StackTraceElement top() {
    return frames[0];
  }

  /** Whether all frames are the same lines: a helper's callers are told apart. */
  public boolean isSameStack(CallSite other) {
    return hash == other.hash && frames.length == other.frames.length && isSameLine(other);
  }

  /** Whether the innermost frame is the same line. */
  public boolean isSameLine(CallSite other) {
    StackTraceElement a = top();
    StackTraceElement b = other.top();
    return a.getLineNumber() == b.getLineNumber()
        && a.getMethodName().equals(b.getMethodName())
        && a.getClassName().equals(b.getClassName());
  }
}
