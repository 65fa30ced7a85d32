package dev.atalaya.agent.detect;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as the API and the console have it. */
final class ProblemJson {
  private final FindingJson findings;

  ProblemJson(FindingJson findings) {
    this.findings = findings;
  }

  /** Null for one that has just gone. */
  @Nullable Map<String, Object> of(Problem problem) {
    List<Finding> all = problem.findings();
    if (all.isEmpty()) return null;
    Finding lead = Problem.lead(all, 0);
    Occurrence latest = lead.latest;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("problem", problem.id);
    json.put("kind", latest.kind.label());
    json.put("severity", lead.severity().label());
    json.put("status", Problem.isResolved(all) ? "resolved" : "firing");
    json.put("confidence", latest.confidence);
    json.put("operation", FindingJson.operation(lead));
    json.put("cause", FindingJson.cause(lead));
    json.put("call_site", FindingJson.site(latest.site));
    if (!latest.callers.isEmpty()) json.put("call_sites", FindingJson.sites(latest.callers));
    json.put("loop", null);
    json.put("children", FindingJson.children(latest));
    json.put("suggestion", FindingJson.suggestion(lead));
    json.put("fix", FindingJson.fix(lead));
    if (latest.kind.isSlow()) json.put("slow", FindingJson.slow(lead));
    json.put("entry_points", entryPoints(all));
    json.put("trace_url", findings.traceUrl(lead));
    figures(all, json);
    json.put("new_in", null);
    return json;
  }

  private static List<Map<String, Object>> entryPoints(List<Finding> all) {
    MostFirst<Map<String, Object>> places = new MostFirst<>();
    for (Finding finding : all) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("entry_point", finding.latest.entryPoint);
      json.put("fingerprint", finding.fingerprint);
      json.put("occurrences", finding.occurrences);
      json.put("count_typical", finding.countTypical());
      json.put("wasted_ms_p95", FindingJson.millis(finding.wastedP95()));
      json.put("trace_ids", Arrays.asList(finding.traceIds()));
      places.add(json, finding.wastedNanos());
    }
    return places.list();
  }

  private static void figures(List<Finding> all, Map<String, Object> json) {
    int occurrences = 0;
    long wasted = 0;
    long first = Long.MAX_VALUE;
    long last = 0;
    for (Finding finding : all) {
      occurrences += finding.occurrences;
      wasted += finding.wastedNanos();
      first = Math.min(first, finding.firstSeenMillis);
      last = Math.max(last, finding.lastSeenMillis);
    }
    json.put("wasted_seconds", Math.round(wasted / 1e6) / 1e3);
    json.put("occurrences", occurrences);
    json.put("first_seen", FindingJson.time(first));
    json.put("last_seen", FindingJson.time(last));
  }
}
