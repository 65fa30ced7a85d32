package dev.atalaya.agent.watch;

import dev.atalaya.agent.metrics.Metric;
import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.trace.Distribution;
import dev.atalaya.agent.trace.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Statements and commands as the metrics have them, one for each summary and database, with the
 * texts that are known to be counted there and who uses them.
 */
final class Statements {
  /** On the list; others took less time. */
  private static final int MOST = 1_000;

  /** Of a text on the list, in characters; a single statement has it whole. */
  private static final int LONGEST_TEXT = 1_000;

  /** The labels that name what is called; behind them stands how it ended. */
  private static final int NAMING = 7;

  private static final int SYSTEM = 0;
  private static final int NAMESPACE = 1;
  private static final int SUMMARY = 4;
  private static final int HOST = 5;
  private static final int PORT = 6;

  private final Registry registry;
  private final Consumer<Consumer<Template>> templates;

  Statements(Registry registry, Consumer<Consumer<Template>> templates) {
    this.registry = registry;
    this.templates = templates;
  }

  /** By id. */
  Map<String, Calls> counts() {
    Map<String, Calls> counts = new HashMap<>();
    for (Statement one : read()) counts.put(one.id, one.calls);
    return counts;
  }

  /** Those that took most time first. */
  List<Map<String, Object>> list(LastMinute minute, Uses uses, long now) {
    Map<Distribution, List<String>> texts = texts();
    List<Map<String, Object>> list = new ArrayList<>();
    List<Statement> all = read();
    for (Statement one : all.subList(0, Math.min(MOST, all.size()))) {
      Map<String, Object> json = json(one, minute, now);
      List<String> known = one.texts(texts, uses);
      if (!known.isEmpty()) json.put("text", cut(known.get(0)));
      json.put("text_count", known.size());
      json.put("routes", uses.entryPoints(one.series));
      list.add(json);
    }
    return list;
  }

  /** All that is known of one; null where it is not there. */
  @Nullable Map<String, Object> one(String id, LastMinute minute, Uses uses, long now) {
    for (Statement one : read()) {
      if (!one.id.equals(id)) continue;
      Map<String, Object> json = json(one, minute, now);
      List<String> known = one.texts(texts(), uses);
      if (!known.isEmpty()) json.put("text", known.get(0));
      json.put("texts", known);
      json.put("routes", uses.entryPoints(one.series));
      return json;
    }
    return null;
  }

  private static Map<String, Object> json(Statement one, LastMinute minute, long now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("statement", one.id);
    json.put("system", one.labels[SYSTEM]);
    json.put("namespace", one.labels[NAMESPACE]);
    json.put("address", one.address());
    json.put("summary", one.summary());
    json.put("text", null);
    write(one.calls, json);
    Map<String, Object> recent = new LinkedHashMap<>();
    recent.put("seconds", minute.seconds(now));
    write(minute.of(one.id, one.calls), recent);
    json.put("last_minute", recent);
    return json;
  }

  private static void write(Calls calls, Map<String, Object> json) {
    calls.write("calls", json);
    json.put("rows", calls.rows.sum());
    json.put("rows_per_call", calls.rows.each());
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }

  /** Those that took most time first. */
  private List<Statement> read() {
    Map<List<String>, Statement> all = new HashMap<>();
    registry.visit(
        Metric.DB_DURATION,
        (labels, series) -> {
          Statement one =
              all.computeIfAbsent(naming(labels), made -> new Statement(labels, series.bounds()));
          boolean failed = !labels[NAMING].isEmpty() || !labels[NAMING + 1].isEmpty();
          if (!failed) one.series = series;
          one.calls.add(series, failed);
        });
    registry.visit(
        Metric.DB_ROWS,
        (labels, series) -> {
          Statement one = all.get(naming(labels));
          if (one != null) one.calls.rows = one.calls.rows.plus(series);
        });
    List<Statement> called = new ArrayList<>(all.values());
    called.removeIf(one -> one.calls.count() == 0);
    called.sort((a, b) -> Long.compare(b.calls.nanos(), a.calls.nanos()));
    return called;
  }

  private static List<String> naming(String[] labels) {
    return Arrays.asList(labels).subList(0, NAMING);
  }

  private Map<Distribution, List<String>> texts() {
    Map<Distribution, List<String>> texts = new IdentityHashMap<>();
    templates.accept(
        template -> {
          String text = template.text;
          if (text == null) return;
          List<String> known = texts.computeIfAbsent(template.duration, made -> new ArrayList<>(1));
          if (!known.contains(text)) known.add(text);
        });
    return texts;
  }

  private static final class Statement {
    final String[] labels;
    final String id;
    final Calls calls;

    /** That of the executions that succeeded. */
    @Nullable Distribution series;

    Statement(String[] labels, long[] bounds) {
      this.labels = labels;
      calls = new Calls(bounds);
      id = String.format("%016x", Hash.of64(String.join("\0", naming(labels))));
    }

    /** {@code SELECT orders}; of what has no text the system. */
    String summary() {
      return labels[SUMMARY].isEmpty() ? labels[SYSTEM] : labels[SUMMARY];
    }

    String address() {
      return labels[PORT].isEmpty() ? labels[HOST] : labels[HOST] + ":" + labels[PORT];
    }

    /** Those that were used most since uses are counted first. */
    List<String> texts(Map<Distribution, List<String>> texts, Uses uses) {
      List<String> all = uses.texts(series);
      for (String text : texts.getOrDefault(series, new ArrayList<>())) {
        if (!all.contains(text)) all.add(text);
      }
      return all;
    }
  }
}
