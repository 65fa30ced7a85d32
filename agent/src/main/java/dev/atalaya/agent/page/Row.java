package dev.atalaya.agent.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of a waterfall: a step, the repeats of one, or a gap in which the application did what no
 * span covers.
 */
final class Row {
  /** Fewer are shown one by one. */
  private static final int REPEATS = 3;

  final int depth;

  /** None for a gap. */
  final List<Step> steps = new ArrayList<>(1);

  private long start;
  private long end;

  /** Time between repeats that no span covers, in ns. */
  private long between;

  private Row(int depth, long start, long end) {
    this.depth = depth;
    this.start = start;
    this.end = end;
  }

  /** All rows of a trace; a gap is shown from so many ns on. */
  static List<Row> of(List<Step> roots, long shown) {
    List<Row> rows = new ArrayList<>();
    add(roots, 0, shown, rows);
    return rows;
  }

  private static void add(List<Step> siblings, int depth, long shown, List<Row> into) {
    for (Row row : folded(siblings, depth)) {
      into.add(row);
      Step step = row.steps.get(0);
      if (step.children.isEmpty()) continue;
      List<Row> below = new ArrayList<>();
      add(step.children, depth + 1, shown, below);
      if (!step.isCall()) gaps(step, depth + 1, shown, below);
      into.addAll(below);
    }
  }

  private static List<Row> folded(List<Step> siblings, int depth) {
    Map<Object, Row> rows = new LinkedHashMap<>();
    for (Step step : siblings) {
      Object key = step.children.isEmpty() ? step.likeness() : step;
      Row row = rows.computeIfAbsent(key, made -> new Row(depth, step.start, step.end));
      row.steps.add(step);
      row.start = Math.min(row.start, step.start);
      row.end = Math.max(row.end, step.end);
    }
    List<Row> all = new ArrayList<>();
    for (Row row : rows.values()) {
      if (row.times() >= REPEATS) {
        all.add(row);
        continue;
      }
      for (Step step : row.steps) {
        Row single = new Row(depth, step.start, step.end);
        single.steps.add(step);
        all.add(single);
      }
    }
    all.sort((a, b) -> Long.compare(a.start, b.start));
    return all;
  }

  /** Puts rows for the gaps between a step's children among theirs. */
  private static void gaps(Step step, int depth, long shown, List<Row> rows) {
    long covered = step.start;
    List<Row> gaps = new ArrayList<>();
    for (Step child : step.children) {
      if (child.start > covered) gap(covered, Math.min(child.start, step.end), depth, rows, gaps);
      covered = Math.max(covered, child.end);
    }
    gap(covered, step.end, depth, rows, gaps);
    gaps.removeIf(gap -> gap.end - gap.start < shown);
    for (Row gap : gaps) {
      int at = 0;
      while (at < rows.size() && rows.get(at).start <= gap.start) at++;
      rows.add(at, gap);
    }
  }

  private static void gap(long from, long to, int depth, List<Row> rows, List<Row> gaps) {
    if (to <= from) return;
    for (Row row : rows) {
      if (row.depth != depth || row.steps.size() < 2 || row.start > from || row.end < to) continue;
      row.between += to - from;
      return;
    }
    gaps.add(new Row(depth, from, to));
  }

  boolean isGap() {
    return steps.isEmpty();
  }

  /** Executions in it. */
  int times() {
    int times = 0;
    for (Step step : steps) times += step.times();
    return times;
  }

  double millis() {
    if (isGap()) return (end - start) / 1e6;
    double millis = 0;
    for (Step step : steps) millis += step.millis();
    return millis;
  }

  double betweenMillis() {
    return between / 1e6;
  }

  /** Rows that were read; where that is not known of all, at least so many. Empty for none. */
  String rows() {
    double rows = 0;
    int known = 0;
    for (Step step : steps) {
      if (step.attribute("db.response.returned_rows").isEmpty()) continue;
      rows += step.figure("db.response.returned_rows");
      known++;
    }
    return known == 0 ? "" : (known < steps.size() ? "\u2265 " : "") + Figures.count(rows);
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }
}
