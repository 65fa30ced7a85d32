package dev.atalaya.agent.watch;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the pages of routes and statements show. Counts are there since the start; what they came to
 * in the last minute, and who uses a statement, from when this was made.
 */
public final class Watch {
  private static final long WANTED_NANOS = 600_000_000_000L;

  private final LongSupplier clock;
  private final String started;
  private final String since = time(System.currentTimeMillis());
  private final Routes routes;
  private final Statements statements;
  private final LastMinute routesMinute;
  private final LastMinute statementsMinute;
  private final Uses uses = new Uses();
  private volatile long asked;

  /**
   * @param templates shows the statements whose texts are known
   * @param clock nanoseconds that only grow
   */
  public Watch(Registry registry, Consumer<Consumer<Template>> templates, LongSupplier clock) {
    this.clock = clock;
    routes = new Routes(registry);
    statements = new Statements(registry, templates);
    started = time(registry.startMillis());
    long now = clock.getAsLong();
    long runs = 1_000_000 * (System.currentTimeMillis() - registry.startMillis());
    routesMinute = new LastMinute(routes::counts, now - runs, now);
    statementsMinute = new LastMinute(statements::counts, now - runs, now);
    asked = now;
  }

  /** On the worker's thread. */
  public void accept(Request request, Span latest) {
    uses.add(request, latest);
  }

  /** From time to time, on the worker's thread. */
  public void tick() {
    long now = clock.getAsLong();
    routesMinute.look(now);
    statementsMinute.look(now);
  }

  /** Whether anybody asked in the last ten minutes. */
  public boolean isWanted() {
    return clock.getAsLong() - asked < WANTED_NANOS;
  }

  /** Those that took most time first. */
  public List<Map<String, Object>> routes() {
    long now = asked();
    return since(routes.list(routesMinute, now));
  }

  /** The same. */
  public List<Map<String, Object>> statements() {
    long now = asked();
    return since(statements.list(statementsMinute, uses, now));
  }

  /** Null where there is no statement of that id. */
  public @Nullable Map<String, Object> statement(String id) {
    long now = asked();
    Map<String, Object> one = statements.one(id, statementsMinute, uses, now);
    if (one != null) since(one);
    return one;
  }

  private long asked() {
    long now = clock.getAsLong();
    asked = now;
    return now;
  }

  private List<Map<String, Object>> since(List<Map<String, Object>> all) {
    for (Map<String, Object> one : all) since(one);
    return all;
  }

  private void since(Map<String, Object> one) {
    one.put("since", started);
    one.put("watched_since", since);
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
