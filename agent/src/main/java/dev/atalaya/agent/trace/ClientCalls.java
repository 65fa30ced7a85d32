package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * What a library's half records of calls that leave the JVM: it begins one on the calling thread,
 * says what it is, counts it with others of its kind, and ends it by {@link Span#end}.
 */
public final class ClientCalls {
  private final Spans spans;
  private final Templates templates;
  private final OperationCounter counter;
  private final Meters meters;

  ClientCalls(Spans spans, Templates templates, OperationCounter counter, Meters meters) {
    this.spans = spans;
    this.templates = templates;
    this.counter = counter;
    this.meters = meters;
  }

  public Templates templates() {
    return templates;
  }

  /** Begins the thread's call; null where it has one already, or this one is not to be recorded. */
  public @Nullable Span begin(Open thread, Template template, long startNanos) {
    return spans.begin(thread, template, startNanos);
  }

  /**
   * As above, for a call that {@link Span#describe} says more of later. One that is never described
   * has sent nothing, and is dropped unless it failed.
   */
  public @Nullable Span begin(Open thread, String name) {
    return spans.begin(thread, name);
  }

  /**
   * Counts the call with those of the same {@code key} in its unit of work; to be called on the
   * thread that began it.
   *
   * @param subject a hash of what it is about, such as a key; {@code Hash.UNKNOWN} where that is
   *     several
   * @param values a hash of all that it was given
   * @param readsMany whether later calls may follow from what it reads
   */
  public void count(Open thread, Span call, long key, int subject, int values, boolean readsMany) {
    counter.operation(thread, call, key, subject, values, readsMany);
  }

  /** To be called when a call that was counted already is described: it may need its call site. */
  public void described(Span call) {
    counter.described(call);
  }

  /** Of {@code asked} values {@code found} were there. */
  public void cacheRead(Datasource of, int found, int asked) {
    if (asked > 0) meters.cache(of.system, of.host, found, asked - found);
  }
}
