package dev.atalaya.agent.detect;

import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.Callers;
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

  Map<String, Object> of(Live live) {
    Occurrence latest = live.latest;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", 1);
    json.put("fingerprint", live.fingerprint);
    json.put("problem", live.problem.id);
    json.put("kind", latest.kind.label());
    json.put("status", live.isResolved() ? "resolved" : "firing");
    json.put("severity", live.severity().label());
    json.put("confidence", latest.confidence);
    json.put("service", service.name());
    json.put("service_version", service.version());
    json.put("instance", service.instance());
    json.put("entry_point", latest.entryPoint);
    json.put("first_seen", time(live.firstSeenMillis));
    json.put("last_seen", time(live.lastSeenMillis));
    json.put("occurrences", live.occurrences);
    json.put("operation", operation(live));
    json.put("cause", cause(live));
    json.put("causes", live.causes());
    json.put("call_site", site(latest.site));
    if (!latest.callers.isEmpty()) json.put("call_sites", sites(latest.callers));
    json.put("children", children(latest));
    json.put("suggestion", suggestion(live));
    json.put("fix", fix(live));
    json.put("trace_ids", Arrays.asList(live.traceIds()));
    json.put("trace_url", traceUrl(live));
    if (latest.kind.isSlow()) json.put("slow", slow(live));
    return json;
  }

  @Nullable String traceUrl(Live live) {
    String template = rules.traceUrl();
    String[] ids = live.traceIds();
    return template.isEmpty() || ids.length == 0 ? null : template.replace("{traceId}", ids[0]);
  }

  static List<Object> children(Occurrence found) {
    List<Object> children = new ArrayList<>();
    for (Occurrence.Part part : found.children) children.add(part(part));
    return children;
  }

  static String suggestion(Live live) {
    String index = live.planSuggestion;
    return index == null ? live.latest.suggestion : index + " " + live.latest.suggestion;
  }

  static Map<String, Object> fix(Live live) {
    Fix fix = live.latest.fix;
    Map<String, Object> json = (fix == null ? new Fix(live.latest.suggestion) : fix).json();
    String index = live.planSuggestion;
    if (index != null) json.put("text", index + " " + json.get("text"));
    return json;
  }

  static @Nullable Map<String, Object> operation(Live live) {
    Occurrence latest = live.latest;
    if (latest.operation == null || latest.kind == Kind.CHATTY) return null;
    Map<String, Object> json = what(latest.operation);
    json.put("count_typical", live.countTypical());
    json.put("count_max", live.countMax());
    json.put("distinct_ratio", latest.distinctRatio < 0 ? null : ratio(latest.distinctRatio));
    if (latest.hitRatio >= 0) json.put("hit_ratio", ratio(latest.hitRatio));
    json.put("total_ms_p95", millis(live.totalP95()));
    json.put("wasted_ms_p95", millis(live.wastedP95()));
    json.put("execution", execution(latest.parallel));
    return json;
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
    json.put("text", operation.text);
    return json;
  }

  static @Nullable Map<String, Object> cause(Live live) {
    Occurrence caused = live.caused();
    Operation cause = caused.cause;
    if (cause == null) return null;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", cause.text);
    json.put("rows_typical", caused.causeRows < 0 ? null : caused.causeRows);
    if (caused.joined) json.put("joined", true);
    if (caused.causeSite != null) json.put("call_site", site(caused.causeSite));
    return json;
  }

  static Map<String, Object> slow(Live live) {
    Occurrence latest = live.latest;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("duration_ms", millis(latest.totalNanos));
    json.put("threshold_ms", millis(latest.thresholdNanos));
    json.put("rows", latest.rows < 0 ? null : latest.rows);
    json.put("pool_wait_ms", millis(latest.poolWaitNanos));
    json.put("plan", live.plan);
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
    json.put("function", function(frame));
    json.put("file", frame.getFileName());
    json.put("line", frame.getLineNumber() < 0 ? null : frame.getLineNumber());
    return json;
  }

  static String function(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }

  /** {@code shop.OrderService.list(OrderService.java:42)}; nothing of modules and loaders. */
  static String frame(StackTraceElement frame) {
    String file = frame.getFileName();
    String place = file == null ? "Unknown Source" : file;
    if (file != null && frame.getLineNumber() >= 0) place += ":" + frame.getLineNumber();
    return function(frame) + "(" + place + ")";
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
