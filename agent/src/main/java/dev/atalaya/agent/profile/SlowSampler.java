package dev.atalaya.agent.profile;

import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks where the threads of requests are that have taken half of what makes them slow.
 *
 * <p>The worker looks for such requests; while there is one, a thread of the sampler's own takes
 * the stacks of a few of them, twenty times a second. What a request's samples came to is kept
 * where it became slow, and forgotten where it did not.
 */
public final class SlowSampler {
  static final int EVERY_MILLIS = 50;

  /** Requests that are sampled at a time, those that have taken longest. */
  private static final int MOST = 4;

  private static final long IDLE_NANOS = 1_000_000_000L;

  private final OpenThreads threads;
  private final ToLongFunction<String> slowNanos;
  private final BooleanSupplier wanted;
  private final Profiles profiles;
  private final Map<Request, CallTree> sampled = new HashMap<>(); // the sampler's thread alone
  private volatile @Nullable Thread thread;

  /**
   * @param slowNanos of an entry point, what makes its requests slow
   * @param wanted asked before each sample
   */
  public SlowSampler(
      OpenThreads threads,
      ToLongFunction<String> slowNanos,
      BooleanSupplier wanted,
      Profiles profiles) {
    this.threads = threads;
    this.slowNanos = slowNanos;
    this.wanted = wanted;
    this.profiles = profiles;
  }

  /** On the worker's thread: begins to sample where there is something to look at. */
  public void tick() {
    if (thread != null || !wanted.getAsBoolean() || candidates().isEmpty()) return;
    Thread sampler = new Thread(null, this::run, "atalaya-sampler", 256 * 1024);
    sampler.setDaemon(true);
    sampler.setContextClassLoader(null);
    thread = sampler;
    boolean started = false;
    try {
      sampler.start();
      started = true;
    } finally {
      if (!started) thread = null;
    }
  }

  private void run() {
    try {
      long busy = System.nanoTime();
      while (wanted.getAsBoolean() && System.nanoTime() - busy < IDLE_NANOS) {
        if (sample()) busy = System.nanoTime();
        settle();
        LockSupport.parkNanos(EVERY_MILLIS * 1_000_000L);
      }
    } finally {
      sampled.clear();
      thread = null;
    }
  }

  /** Whether there was anything to sample. */
  private boolean sample() {
    List<OpenThreads.Seen> some = candidates();
    for (OpenThreads.Seen seen : some) {
      StackTraceElement[] stack = seen.stack();
      Request request = seen.request;
      // Else it is of what the thread did next.
      if (request == null || request.rootEnded() || stack.length == 0) continue;
      sampled.computeIfAbsent(request, added -> new CallTree()).add(stack);
    }
    return !some.isEmpty();
  }

  private List<OpenThreads.Seen> candidates() {
    long now = System.nanoTime();
    List<OpenThreads.Seen> all = new ArrayList<>();
    for (OpenThreads.Seen seen : threads.now()) {
      if (age(seen, now) > 0) all.add(seen);
    }
    all.sort((a, b) -> Long.compare(age(b, now), age(a, now)));
    return all.subList(0, Math.min(MOST, all.size()));
  }

  /** In ns; 0 for what is no request, or has not taken half of what makes it slow. */
  private long age(OpenThreads.Seen seen, long now) {
    Request request = seen.request;
    Span root = request == null ? null : request.root();
    if (request == null || root == null || root.endNanos() != 0) return 0;
    if (request.kind() != Request.Kind.REQUEST || request.isExcluded()) return 0;
    long age = now - root.startNanos();
    return age >= slowNanos.applyAsLong(EntryPoint.of(request)) / 2 ? age : 0;
  }

  private void settle() {
    for (Iterator<Map.Entry<Request, CallTree>> all = sampled.entrySet().iterator();
        all.hasNext(); ) {
      Map.Entry<Request, CallTree> one = all.next();
      Span root = one.getKey().root();
      if (root == null || root.endNanos() == 0) continue;
      all.remove();
      String entryPoint = EntryPoint.of(one.getKey());
      if (root.durationNanos() < slowNanos.applyAsLong(entryPoint)) continue;
      profiles.add(entryPoint, one.getValue());
    }
  }
}
