package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads that have recorded anything, for the worker to look at once a second.
 *
 * <p>A thread puts itself on a list when it records first, which costs it nothing from then on; the
 * list holds it weakly. A thread's state is read without locks, and may be stale.
 */
public final class OpenThreads {
  private static final AtomicReference<@Nullable Entry> ADDED = new AtomicReference<>();

  /** Units of work that ended while their threads went on to others, for the worker to analyze. */
  private static final AtomicReference<@Nullable UnitOfWork> ENDED = new AtomicReference<>();

  private static final AtomicInteger ENDED_COUNT = new AtomicInteger();
  private static final int MOST_ENDED = 2_048;

  private List<Entry> known = new ArrayList<>();

  /** Taken off {@link #ADDED}, and not yet in {@link #known}. */
  private @Nullable Entry added;

  /** What one thread is at. */
  public static final class Seen {
    private final @Nullable Thread thread;

    /** The call that it waits for, or null. */
    public final @Nullable Span call;

    /** What it works on, or null. */
    public final @Nullable Request request;

    /** The unit of what it does outside of requests and jobs, or null. */
    public final @Nullable UnitOfWork own;

    private Seen(@Nullable Thread thread, Open open) {
      boolean alive = thread != null && thread.isAlive();
      Span parent = alive ? open.parent : null;
      this.thread = alive ? thread : null;
      call = alive ? open.call : null;
      request = parent != null ? parent.request() : call == null ? null : call.request();
      own = open.window;
    }

    public boolean hasEnded() {
      return thread == null;
    }

    /** Of a virtual thread, which mostly has no name, its number. */
    public String threadName() {
      if (thread == null) return "";
      String name = thread.getName();
      return name.isEmpty() ? "#" + thread.getId() : name;
    }

    /** As {@link Thread.State} has it. */
    public String state() {
      return thread == null ? "" : thread.getState().name();
    }

    /** Where it is now, the innermost frame first; empty where it is no more. */
    public StackTraceElement[] stack() {
      return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    }

    /** The application's line that it is at; null where there is none. */
    public @Nullable CallSite site(Application application) {
      return thread == null ? null : CallSites.of(stack(), application.roles, null);
    }
  }

  static void add(Open open) {
    Entry entry = new Entry(Thread.currentThread(), open);
    do entry.next = ADDED.get();
    while (!ADDED.compareAndSet(entry.next, entry));
  }

  /** Those too many for the worker are dropped. */
  static void ended(UnitOfWork unit) {
    if (ENDED_COUNT.get() >= MOST_ENDED) return;
    ENDED_COUNT.incrementAndGet();
    do unit.nextEnded = ENDED.get();
    while (!ENDED.compareAndSet(unit.nextEnded, unit));
  }

  /** Hands over one piece of work that ended while its thread goes on; false where none is left. */
  public boolean nextEnded(Consumer<UnitOfWork> visitor) {
    UnitOfWork first;
    do {
      first = ENDED.get();
      if (first == null) return false;
    } while (!ENDED.compareAndSet(first, first.nextEnded));
    first.nextEnded = null;
    ENDED_COUNT.decrementAndGet();
    visitor.accept(first);
    return true;
  }

  /** For the worker's thread alone. What the visitor throws is thrown after all were visited. */
  public void forEach(Consumer<Seen> visitor) {
    learn();
    RuntimeException exception = null;
    Error error = null;
    List<Entry> alive = new ArrayList<>(known.size());
    for (Entry entry : known) {
      Seen seen = new Seen(entry.get(), entry.open);
      if (!seen.hasEnded()) alive.add(entry);
      try {
        visitor.accept(seen);
      } catch (RuntimeException failed) {
        exception = failed;
      } catch (Error failed) {
        error = failed;
      }
      UnitOfWork own = seen.own;
      if (own != null && own.isClosed() && entry.open.window == own) entry.open.window = null;
    }
    learned(alive);
    if (error != null) throw error;
    if (exception != null) throw exception;
  }

  /**
   * What each thread works on now. Any thread may ask; one that has just recorded for the first
   * time may be missing.
   */
  public List<Seen> now() {
    Set<Entry> all;
    synchronized (this) {
      all = new LinkedHashSet<>(known);
    }
    for (Entry entry = ADDED.get(); entry != null; entry = entry.next) all.add(entry);
    List<Seen> busy = new ArrayList<>();
    for (Entry entry : all) {
      Seen seen = new Seen(entry.get(), entry.open);
      if (seen.request != null) busy.add(seen);
    }
    return busy;
  }

  private synchronized void learned(List<Entry> alive) {
    known = alive;
  }

  /** One by one: a thread that gets lost, for want of memory, is never looked at again. */
  private synchronized void learn() {
    if (added == null) added = ADDED.getAndSet(null);
    for (Entry entry; (entry = added) != null; ) {
      known.add(entry);
      added = entry.next;
      entry.next = null;
    }
  }

  private static final class Entry extends WeakReference<Thread> {
    final Open open;
    @Nullable Entry next;

    Entry(Thread thread, Open open) {
      super(thread);
      this.open = open;
    }
  }
}
