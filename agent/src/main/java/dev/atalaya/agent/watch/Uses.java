package dev.atalaya.agent.watch;

import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who uses which statement: counted from the spans that the worker sees, any thread may ask. */
final class Uses {
  private static final int MOST_STATEMENTS = 1_000;
  private static final int MOST_OF_ONE = 20;

  /** By the series of their durations. */
  private final Map<Distribution, Use> uses = new IdentityHashMap<>();

  synchronized void add(Request request, Span latest) {
    String entryPoint = null;
    for (Span span = latest; span != null; span = span.next()) {
      Template template = span.template();
      if (template == null) continue;
      Use use = use(template.duration);
      if (use == null) continue;
      if (entryPoint == null) entryPoint = EntryPoint.of(request);
      Use.add(use.entryPoints, entryPoint, span);
      if (template.text != null) Use.add(use.texts, template.text, span);
    }
  }

  private @Nullable Use use(Distribution series) {
    Use known = uses.get(series);
    if (known != null || uses.size() >= MOST_STATEMENTS) return known;
    Use made = new Use();
    uses.put(series, made);
    return made;
  }

  /** Who spends most time on it first. */
  synchronized List<Map<String, Object>> entryPoints(@Nullable Distribution series) {
    Use use = series == null ? null : uses.get(series);
    if (use == null) return Collections.emptyList();
    List<Map<String, Object>> list = new ArrayList<>();
    for (Map.Entry<String, long[]> one : Use.sorted(use.entryPoints)) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("entry_point", one.getKey());
      json.put("calls", one.getValue()[0]);
      json.put("total_ms", Calls.millis(one.getValue()[1]));
      list.add(json);
    }
    return list;
  }

  /** Those that most time was spent on first. */
  synchronized List<String> texts(@Nullable Distribution series) {
    List<String> texts = new ArrayList<>();
    Use use = series == null ? null : uses.get(series);
    if (use == null) return texts;
    for (Map.Entry<String, long[]> one : Use.sorted(use.texts)) texts.add(one.getKey());
    return texts;
  }

  /** Calls and nanoseconds by entry point and by text. */
  private static final class Use {
    final Map<String, long[]> entryPoints = new HashMap<>();
    final Map<String, long[]> texts = new HashMap<>();

    static void add(Map<String, long[]> to, String name, Span span) {
      long[] known = to.get(name);
      if (known == null) {
        if (to.size() >= MOST_OF_ONE) return;
        known = new long[2];
        to.put(name, known);
      }
      known[0] += span.executions();
      known[1] += span.executionNanos();
    }

    static List<Map.Entry<String, long[]>> sorted(Map<String, long[]> all) {
      List<Map.Entry<String, long[]>> sorted = new ArrayList<>(all.entrySet());
      sorted.sort((a, b) -> Long.compare(b.getValue()[1], a.getValue()[1]));
      return sorted;
    }
  }
}
