package dev.atalaya.agent.detect;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Simulation;
import java.util.ArrayList;
import java.util.List;

/** Findings on a clock that the test sets, and occurrences to be seen. */
final class Sightings {
  final List<ProblemEvent> events = new ArrayList<>();
  final Counted counted = new Counted();
  long now = 1_769_853_600_000L;
  final Findings findings;

  /** All are told, whatever their severity. */
  Sightings() {
    this("atalaya.alert.min_severity=info");
  }

  Sightings(String options) {
    findings =
        new Findings(new Rules(Options.read(options)), new Shop(), counted, events::add, () -> now);
  }

  void seen(Occurrence found) {
    findings.add(found, false);
    findings.ended(found.entryPoint, List.of(found));
  }

  static Occurrence one(int count) {
    return occurrence("a", "GET /orders", 1, count);
  }

  static Occurrence wasting(int count, long millis) {
    Occurrence found = one(count);
    found.wastedNanos = found.wastedInAllNanos = millis * 1_000_000;
    found.totalNanos = found.wastedNanos;
    found.unitNanos = 100 * found.wastedNanos;
    return found;
  }

  static Occurrence occurrence(String name, String entryPoint, double confidence, int count) {
    Operation items =
        new Operation(
            OperationFamily.SQL,
            "postgresql",
            "SELECT items",
            "SELECT * FROM items WHERE id = ?",
            "SELECT",
            "items",
            SqlText.Kind.READ,
            null);
    Occurrence found =
        new Occurrence(Kind.N_PLUS_ONE, entryPoint, confidence, items, null, null, "Join.");
    found.fingerprint = "n1-v2-" + name;
    found.problem = "p1-" + name;
    found.count = found.most = count;
    found.unitNanos = 1_000_000_000;
    return found;
  }

  /** One line that two and more entry points lead to. */
  static Occurrence shared(String entryPoint, int count) {
    Occurrence found = occurrence(entryPoint, entryPoint, 1, count);
    found.problem = "p1-shared";
    return found;
  }

  /** The same after another read. */
  static Occurrence after(String cause, int count) {
    Simulation app = new Simulation();
    Request request = app.request("/orders");
    app.query(cause, count);
    for (int i = 0; i < count; i++) app.query("SELECT * FROM items WHERE id = ?", 1, i);
    app.end(request);
    OperationSummary items =
        new WorkAnalyzer(new Rules(Options.read("")))
            .analyze(request.unit(), "GET /orders")
            .findings
            .get(0);
    Occurrence found =
        Occurrence.of(items, Kind.N_PLUS_ONE, "GET /orders", 1, new Suggestions(Suggesting::fail));
    found.fingerprint = "n1-v2-a";
    found.problem = "p1-a";
    return found;
  }

  static final class Counted implements Counters {
    final List<String> findings = new ArrayList<>();
    Runnable meanwhile = () -> {};
    long wasted;

    @Override
    public void finding(Kind kind, Severity severity, String entryPoint, String system) {
      findings.add(kind + " " + severity + " " + entryPoint + " " + system);
      meanwhile.run();
    }

    @Override
    public void wasted(Kind kind, String entryPoint, long nanos) {
      wasted += nanos;
    }

    @Override
    public void classified(Kind kind, boolean told) {}
  }
}
