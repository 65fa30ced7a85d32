package dev.atalaya.agent.watch;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.CallSites;
import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Failures, grouped by their type and the first frame that is the application's; where nothing was
 * thrown, by what failed. A unit of work counts once in a group.
 *
 * <p>Added to by the worker, which looks at so many stacks a second: where more fail, one counts as
 * the last of its type and entry point. Any thread may ask.
 */
public final class Errors {
  private static final int MOST = 500;
  private static final int MOST_CAUSES = 10;
  private static final int STACKS = 50;
  private static final long SECOND_MILLIS = 1_000;

  private final Application application;
  private final LongSupplier clock;

  /** The one that was not seen for longest first. */
  private final Map<String, ErrorGroup> groups = new LinkedHashMap<>(64, 0.75f, true);

  private long second;
  private int stacks;

  /**
   * @param clock ms since 1970
   */
  public Errors(Application application, LongSupplier clock) {
    this.application = application;
    this.clock = clock;
  }

  /** Adds what failed of a request. */
  public synchronized void add(Request request, Span latest) {
    Set<Throwable> known = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<ErrorGroup> counted = new HashSet<>();
    String entryPoint = null;
    // What failed outermost ended last, and comes first: what led to it is no error of its own.
    for (Span span = latest; span != null; span = span.next()) {
      Failure failure = span.failure();
      if (failure == null) continue;
      Throwable thrown = failure.thrown;
      if (thrown != null && known.contains(thrown)) continue;
      Throwable innermost = thrown == null ? null : causes(thrown, known);
      if (entryPoint == null) entryPoint = EntryPoint.of(request);
      long now = clock.getAsLong();
      ErrorGroup group = group(failure.type, thrown, span, entryPoint, now);
      if (!counted.add(group)) continue;
      group.add(now, entryPoint, request.traceId());
      if (innermost != null && innermost != thrown) group.cause = innermost.getClass().getName();
    }
  }

  /** Notes what led to it, and returns where that began. */
  private static Throwable causes(Throwable thrown, Set<Throwable> known) {
    Throwable innermost = thrown;
    for (int i = 0; i < MOST_CAUSES && known.add(innermost); i++) {
      Throwable cause = innermost.getCause();
      if (cause == null) break;
      innermost = cause;
    }
    return innermost;
  }

  private ErrorGroup group(
      String type, @Nullable Throwable thrown, Span span, String entryPoint, long now) {
    String what = span.kind() == Span.Kind.CLIENT ? CallName.of(span) : entryPoint;
    if (thrown != null && !mayLook(now)) {
      ErrorGroup last = lastOf(type, entryPoint);
      if (last != null) return last;
    }
    CallSite site =
        thrown == null ? null : CallSites.of(thrown.getStackTrace(), application.roles, null);
    String key = type + '\n' + (site == null ? what : site.top());
    ErrorGroup known = groups.get(key);
    if (known != null) return known;
    if (groups.size() >= MOST) groups.remove(groups.keySet().iterator().next());
    ErrorGroup made = new ErrorGroup(key, type, what, site);
    groups.put(key, made);
    return made;
  }

  private boolean mayLook(long now) {
    if (now - second >= SECOND_MILLIS || now < second) {
      second = now;
      stacks = 0;
    }
    return ++stacks <= STACKS;
  }

  private @Nullable ErrorGroup lastOf(String type, String entryPoint) {
    ErrorGroup last = null;
    for (ErrorGroup one : groups.values()) {
      if (one.type.equals(type) && one.isOf(entryPoint)) last = one;
    }
    return last;
  }

  /** The one that was seen last first. */
  public synchronized List<Map<String, Object>> list() {
    long now = clock.getAsLong();
    List<Map<String, Object>> list = new ArrayList<>();
    for (ErrorGroup one : groups.values()) list.add(one.json(now));
    Collections.reverse(list);
    return list;
  }

  /** Null where there is none of that id. */
  public synchronized @Nullable Map<String, Object> one(String id) {
    for (ErrorGroup one : groups.values())
      if (one.id.equals(id)) return one.json(clock.getAsLong());
    return null;
  }
}
