package dev.atalaya.agent.callsite;

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

  /** Bits of {@link Library}'s ordinals: what was passed on the way. */
  public final int libraries;

  /** What an object-relational mapper is loading on its own: {@code shop.Order.lines}; or null. */
  public final @Nullable String loading;

  /** The same as the mapping has it; or null. */
  public final @Nullable Loaded loaded;

  /** Of all frames; for the application's threads to compare by. */
  private final int hash;

  public CallSite(
      StackTraceElement[] frames,
      @Nullable String called,
      int libraries,
      @Nullable String loading) {
    this(frames, called, false, libraries, loading, null);
  }

  public CallSite(
      StackTraceElement[] frames,
      @Nullable String called,
      boolean isOwnMethod,
      int libraries,
      @Nullable String loading,
      @Nullable Loaded loaded) {
    this.loaded = loaded;
    this.isOwnMethod = isOwnMethod;
    this.frames = frames;
    this.called = called;
    this.libraries = libraries;
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

  /** What a suggestion may be made for. */
  public enum Library {
    /** Any frame of Hibernate's. */
    HIBERNATE,
    /** A collection or a proxy is being initialized because it is used. */
    HIBERNATE_LAZY,
    /** An association is being fetched with its owner, by a select of its own. */
    HIBERNATE_EAGER,
    /** A row is inserted by itself, as the database makes its key. */
    HIBERNATE_IDENTITY,
    SPRING_DATA,
    JDBC_TEMPLATE,
    MYBATIS,
    /** A result map's nested select. */
    MYBATIS_NESTED,
    JOOQ,
    JEDIS,
    LETTUCE,
    SPRING_REDIS,
    /** A field of a GraphQL query is being resolved, as one of many. */
    GRAPHQL,
    /** By a method of a controller's. */
    SPRING_GRAPHQL,
    /** Migrations, which are nobody's request. */
    MIGRATION
  }

  public boolean passed(Library library) {
    return (libraries & 1 << library.ordinal()) != 0;
  }

  /** Whether a mapper reads of itself: what is used, or what comes with its owner. */
  public boolean isLoading() {
    return passed(Library.HIBERNATE_LAZY) || passed(Library.HIBERNATE_EAGER);
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
