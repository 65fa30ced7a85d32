package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Callers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A finding as the API, a webhook and the console have it. */
final class FindingJson {
  private final Service service;
  private final Rules rules;

  FindingJson(Service service, Rules rules) {
    this.service = service;
    this.rules = rules;
  }

  Map<String, Object> of(Finding finding) {
    Occurrence latest = finding.latest;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("fingerprint", finding.fingerprint);
    json.put("problem", finding.problem.id);
    json.put("kind", latest.kind.label());
    json.put("status", finding.isResolved() ? "resolved" : "firing");
    json.put("severity", finding.severity().label());
    json.put("confidence", latest.confidence);
    json.put("service", service.name());
    json.put("service_version", service.version());
    json.put("instance", service.instance());
    json.put("entry_point", latest.entryPoint);
    json.put("first_seen", time(finding.firstSeenMillis));
    json.put("last_seen", time(finding.lastSeenMillis));
    json.put("occurrences", finding.occurrences);
    json.put("operation", operation(finding));
    json.put("cause", cause(finding));
    json.put("causes", finding.causes());
    json.put("call_site", site(latest.site));
    if (!latest.callers.isEmpty()) json.put("call_sites", sites(latest.callers));
    json.put("children", children(latest));
    json.put("suggestion", suggestion(finding));
    json.put("fix", fix(finding));
    json.put("trace_ids", Arrays.asList(finding.traceIds()));
    json.put("trace_url", traceUrl(finding));
    if (latest.kind.isSlow()) json.put("slow", slow(finding));
    return json;
  }

  @Nullable String traceUrl(Finding finding) {
    String template = rules.traceUrl();
    String[] ids = finding.traceIds();
    return template.isEmpty() || ids.length == 0 ? null : template.replace("{traceId}", ids[0]);
  }

  static List<Object> children(Occurrence found) {
    List<Object> children = new ArrayList<>();
    for (Occurrence.Part part : found.children) children.add(part(part));
    return children;
  }

  static String suggestion(Finding finding) {
    String index = finding.planSuggestion;
    return index == null ? finding.latest.suggestion : index + " " + finding.latest.suggestion;
  }

  static Map<String, Object> fix(Finding finding) {
    Fix fix = finding.latest.fix;
    Map<String, Object> json = (fix == null ? new Fix(finding.latest.suggestion) : fix).json();
    String index = finding.planSuggestion;
    if (index != null) json.put("text", index + " " + json.get("text"));
    return json;
  }

  static @Nullable Map<String, Object> operation(Finding finding) {
    Occurrence latest = finding.latest;
    if (latest.operation == null || latest.kind == Kind.CHATTY) return null;
    Map<String, Object> json = what(latest.operation);
    json.put("count_typical", finding.countTypical());
    json.put("count_max", finding.countMax());
    json.put("distinct_ratio", latest.distinctRatio < 0 ? null : ratio(latest.distinctRatio));
    if (latest.hitRatio >= 0) json.put("hit_ratio", ratio(latest.hitRatio));
    json.put("total_ms_p95", millis(finding.totalP95()));
    json.put("wasted_ms_p95", millis(finding.wastedP95()));
    json.put("wasted_ms_at_1ms", wastedAtOneMilli(finding));
    json.put("execution", execution(latest.parallel));
    return json;
  }

  /**
   * What the repeats would wait for if each round trip took a millisecond, for whoever works beside
   * a local database; null where nothing repeats, or not one after the other.
   */
  private static @Nullable Integer wastedAtOneMilli(Finding finding) {
    boolean repeats = !finding.latest.kind.isSlow() && finding.countTypical() > 1;
    return repeats && !finding.latest.parallel ? finding.countTypical() - 1 : null;
  }

  private static Map<String, Object> part(Occurrence.Part part) {
    Map<String, Object> json = what(part.operation);
    json.put("count_typical", part.count);
    json.put("count_max", part.count);
    json.put("distinct_ratio", part.distinctRatio < 0 ? null : ratio(part.distinctRatio));
    if (part.hitRatio >= 0) json.put("hit_ratio", ratio(part.hitRatio));
    json.put("total_ms_p95", millis(part.totalNanos));
    json.put("wasted_ms_p95", millis(part.wastedNanos));
    json.put("execution", execution(part.parallel));
    json.put("call_site", site(part.site));
    if (!part.callers.isEmpty()) json.put("call_sites", sites(part.callers));
    return json;
  }

  private static Map<String, Object> what(Operation operation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("system", operation.system);
    json.put("summary", operation.summary);
    json.put("brief", Families.of(operation).brief(operation));
    json.put("text", operation.text);
    return json;
  }

  static @Nullable Map<String, Object> cause(Finding finding) {
    Occurrence caused = finding.caused();
    Operation cause = caused.cause;
    if (cause == null) return null;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", cause.text);
    json.put("rows_typical", caused.causeRows < 0 ? null : caused.causeRows);
    if (caused.joined) json.put("joined", true);
    if (caused.causeSite != null) json.put("call_site", site(caused.causeSite));
    return json;
  }

  static Map<String, Object> slow(Finding finding) {
    Occurrence latest = finding.latest;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("duration_ms", millis(latest.totalNanos));
    json.put("threshold_ms", millis(latest.thresholdNanos));
    json.put("rows", latest.rows < 0 ? null : latest.rows);
    json.put("pool_wait_ms", millis(latest.poolWaitNanos));
    json.put("plan", finding.plan);
    json.put("running", latest.running);
    return json;
  }

  /** Each with its share of the executions that were looked at. */
  static List<Object> sites(List<Callers.Caller> callers) {
    double all = 0;
    for (Callers.Caller one : callers) all += one.executions();
    List<Object> sites = new ArrayList<>();
    for (Callers.Caller one : callers) {
      Map<String, Object> json = site(one.site);
      if (json == null) continue;
      json.put("share", ratio(one.executions() / all));
      sites.add(json);
    }
    return sites;
  }

  static @Nullable Map<String, Object> site(@Nullable CallSite site) {
    if (site == null) return null;
    Map<String, Object> json = place(site.top());
    List<Object> stack = new ArrayList<>();
    for (StackTraceElement frame : site.frames) stack.add(place(frame));
    json.put("stack", stack);
    return json;
  }

  private static Map<String, Object> place(StackTraceElement frame) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("function", Frames.function(frame));
    json.put("file", frame.getFileName());
    json.put("line", frame.getLineNumber() < 0 ? null : frame.getLineNumber());
    return json;
  }

  private static String execution(boolean parallel) {
    return parallel ? "parallel" : "sequential";
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 100.0;
  }

  private static double ratio(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
