package dev.atalaya.agent.detect;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** That a finding is to be told about: seen first, again after the silence, worse, or resolved. */
public final class Notice {
  public final String fingerprint;
  public final Kind kind;
  public final String service;
  public final String entryPoint;
  public final Severity severity;

  /** What it was told as before, where it has become worse since; else null. */
  public final @Nullable Severity severityBefore;

  public final boolean resolved;

  /** The finding in one line, for people. */
  public final String line;

  /** A link to a trace; null where none is configured. */
  public final @Nullable String traceUrl;

  /** The finding as the API shows it; not changed any more. */
  public final Map<String, Object> json;

  public Notice(
      String fingerprint,
      Kind kind,
      String service,
      String entryPoint,
      Severity severity,
      @Nullable Severity severityBefore,
      boolean resolved,
      String line,
      @Nullable String traceUrl,
      Map<String, Object> json) {
    this.fingerprint = fingerprint;
    this.kind = kind;
    this.service = service;
    this.entryPoint = entryPoint;
    this.severity = severity;
    this.severityBefore = severityBefore;
    this.resolved = resolved;
    this.line = line;
    this.traceUrl = traceUrl;
    this.json = json;
  }
}
