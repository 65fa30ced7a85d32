package dev.atalaya.agent.alert;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Notice;
import dev.atalaya.agent.detect.Severity;
import java.util.LinkedHashMap;
import java.util.Map;

/** Notices of made-up findings. */
final class Notices {
  private String problem = "p1-9f2c41aa03be77d1";
  private final Map<String, String> findings = new LinkedHashMap<>();
  private Kind kind = Kind.N_PLUS_ONE;
  private Severity severity = Severity.WARNING;
  private Severity before;
  private final Map<String, Object> json =
      new LinkedHashMap<>(Sample.notice(Options.read(""), false).json);

  static Notices of(String problem) {
    Notices notices = new Notices();
    notices.problem = problem;
    notices.json.put("problem", problem);
    notices.findings.put("GET /orders", "n1-v2-1");
    return notices;
  }

  Notices alsoAt(String entryPoint, String fingerprint) {
    findings.put(entryPoint, fingerprint);
    return this;
  }

  Notices kind(Kind kind) {
    this.kind = kind;
    return this;
  }

  Notices severity(Severity severity) {
    this.severity = severity;
    return this;
  }

  Notices before(Severity before) {
    this.before = before;
    return this;
  }

  Notices with(String key, Object value) {
    json.put(key, value);
    return this;
  }

  Notice firing() {
    return notice(false);
  }

  Notice resolved() {
    return notice(true);
  }

  private Notice notice(boolean resolved) {
    Map<String, Object> own = new LinkedHashMap<>(json);
    own.put("status", resolved ? "resolved" : "firing");
    return new Notice(
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
