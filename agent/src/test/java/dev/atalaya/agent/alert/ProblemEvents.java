package dev.atalaya.agent.alert;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Events of made-up problems. */
final class ProblemEvents {
  private String problem = "p1-9f2c41aa03be77d1";
  private final Map<String, String> findings = new LinkedHashMap<>();
  private Kind kind = Kind.N_PLUS_ONE;
  private Severity severity = Severity.WARNING;
  private Severity before;
  private final Map<String, Object> json =
      new LinkedHashMap<>(SampleFinding.event(Options.read(""), false).json);

  static ProblemEvents of(String problem) {
    ProblemEvents events = new ProblemEvents();
    events.problem = problem;
    events.json.put("problem", problem);
    events.findings.put("GET /orders", "n1-v2-1");
    return events;
  }

  ProblemEvents alsoAt(String entryPoint, String fingerprint) {
    findings.put(entryPoint, fingerprint);
    return this;
  }

  ProblemEvents kind(Kind kind) {
    this.kind = kind;
    return this;
  }

  ProblemEvents severity(Severity severity) {
    this.severity = severity;
    return this;
  }

  ProblemEvents before(Severity before) {
    this.before = before;
    return this;
  }

  ProblemEvents with(String key, Object value) {
    json.put(key, value);
    return this;
  }

  ProblemEvent firing() {
    return event(false);
  }

  ProblemEvent resolved() {
    return event(true);
  }

  private ProblemEvent event(boolean resolved) {
    Map<String, Object> own = new LinkedHashMap<>(json);
    own.put("status", resolved ? "resolved" : "firing");
    return new ProblemEvent(
        problem,
        kind,
        "shop",
        "GET /orders",
        severity,
        before,
        resolved,
        "N+1 GET /orders: SELECT item x20 [" + problem + "]",
        "http://jaeger:16686/trace/4bf92f?a=1&b=2",
        findings,
        own);
  }
}
