package dev.atalaya.agent.watch;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.trace.Meters;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who looks at the figures of a simulated application, at times of his own. */
final class Watching implements Worker.Consumer {
  final Registry registry = new Registry();
  final Simulation application = new Simulation((Meters) registry, registry, this);
  private long now = 1_000_000_000_000L;
  private @Nullable Watch watch;

  Watch watch() {
    Watch known = watch;
    if (known == null) {
      watch = known = new Watch(registry, application.recorder::templates, () -> now);
    }
    return known;
  }

  @Override
  public void accept(Request request, Span latest) {
    if (watch != null) watch.accept(request, latest);
  }

  /** The worker goes on, five times a second. */
  void passes(int seconds) {
    for (int i = 0; i < 5 * seconds; i++) {
      now += 200_000_000;
      if (watch != null) watch.tick();
    }
  }

  Map<String, Object> route(String name) {
    return named("route", name, watch().routes());
  }

  Map<String, Object> statement(String summary) {
    return named("summary", summary, watch().statements());
  }

  private static Map<String, Object> named(String key, String name, List<Map<String, Object>> all) {
    for (Map<String, Object> one : all) if (name.equals(one.get(key))) return one;
    throw new AssertionError("no " + name + " in " + all);
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> lastMinute(Map<String, Object> of) {
    return (Map<String, Object>) of.get("last_minute");
  }
}
