package dev.atalaya.agent;

import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.profile.Profiles;
import dev.atalaya.agent.profile.SlowSampler;
import dev.atalaya.agent.trace.OpenThreads;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has slow requests sampled, by a sampler that is made with the first that has taken half of its
 * limit.
 */
final class Profiling implements Worker.Consumer {
  private final OpenThreads threads;
  private final ToLongFunction<String> slowNanos;
  private final BooleanSupplier wanted;
  private @Nullable SlowSampler sampler; // the worker's
  private volatile @Nullable Profiles profiles;

  /** {@code slowNanos}: of an entry point, what makes its requests slow. */
  Profiling(OpenThreads threads, ToLongFunction<String> slowNanos, BooleanSupplier wanted) {
    this.threads = threads;
    this.slowNanos = slowNanos;
    this.wanted = wanted;
  }

  /** Of an entry point, or of all where it is empty. */
  List<?> list(String entryPoint) {
    Profiles known = profiles;
    return known == null ? Collections.emptyList() : known.list(entryPoint);
  }

  @Override
  public void accept(Request request, Span latest) {}

  @Override
  public String part() {
    return "profile";
  }

  @Override
  public void tick(boolean closing) {
    if (closing || !wanted.getAsBoolean()) return;
    SlowSampler made = sampler;
    if (made == null && isHalfSlow()) sampler = made = make();
    if (made != null) made.tick();
  }

  private boolean isHalfSlow() {
    long now = System.nanoTime();
    for (OpenThreads.Seen seen : threads.now()) {
      Request request = seen.request;
      Span root = request == null ? null : request.root();
      if (request == null || root == null || root.endNanos() != 0) continue;
      if (now - root.startNanos() >= slowNanos.applyAsLong(EntryPoint.of(request)) / 2) return true;
    }
    return false;
  }

  private SlowSampler make() {
    Profiles kept = new Profiles();
    profiles = kept;
    return new SlowSampler(threads, slowNanos, wanted, kept);
  }
}
