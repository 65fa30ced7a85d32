package dev.atalaya.agent.detect;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** That a problem is to be told about: seen first, again after the silence, worse, or resolved. */
public final class ProblemEvent {
  /** The id of what is to be mended; an alert that fires is known by it. */
  public final String problem;

  public final Kind kind;
  public final String service;

  /** Where it was seen first; the same for as long as it fires. */
  public final String entryPoint;

  public final Severity severity;

  /** What it was told as before, where it has become worse since; else null. */
  public final @Nullable Severity severityBefore;

  public final boolean resolved;

  /** The finding in one line, for people. */
  public final String line;

  /** A link to a trace; null where none is configured. */
  public final @Nullable String traceUrl;

  /** Fingerprints by entry point, the first seen first. */
  public final Map<String, String> findings;

  /** One of the findings, as the API shows it; not changed any more. */
  public final Map<String, Object> json;

  private @Nullable Supplier<ProblemEvent> now;

  public ProblemEvent(
      String problem,
      Kind kind,
      String service,
      String entryPoint,
      Severity severity,
      @Nullable Severity severityBefore,
      boolean resolved,
      String line,
      @Nullable String traceUrl,
      Map<String, String> findings,
      Map<String, Object> json) {
    this.problem = problem;
    this.kind = kind;
    this.service = service;
    this.entryPoint = entryPoint;
    this.severity = severity;
    this.severityBefore = severityBefore;
    this.resolved = resolved;
    this.line = line;
    this.traceUrl = traceUrl;
    this.findings = findings;
    this.json = json;
  }

  /** Has {@code now} make what {@link #asOfNow} returns. */
  public ProblemEvent goesOn(Supplier<ProblemEvent> now) {
    this.now = now;
    return this;
  }

  /** The same with the figures and entry points of this moment; any thread may ask. */
  public ProblemEvent asOfNow() {
    return now == null ? this : now.get();
  }
}
