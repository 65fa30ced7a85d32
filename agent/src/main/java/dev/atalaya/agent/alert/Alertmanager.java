package dev.atalaya.agent.alert;

import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.ProblemEvent;
import dev.atalaya.agent.detect.Severity;
import dev.atalaya.agent.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Alertmanager's API, version 2. It forgets an alert whose end has come, so what fires is sent
 * again every minute, as it is by then and with an end five minutes on: should the JVM be killed,
 * its alerts end by themselves.
 *
 * <p>An alert is known by all its labels, severity among them. A problem whose severity changes is
 * another alert, and the one before is ended in the same request.
 */
final class Alertmanager implements Channel {
  private static final Duration LASTS = Duration.ofMinutes(5);

  /** So that a request fits the sockets' buffers, see {@link dev.atalaya.agent.http.Post}. */
  private static final int MOST_AT_ONCE = 20;

  private final HttpEndpoint endpoint;

  Alertmanager(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public String name() {
    return "alertmanager";
  }

  @Override
  public String address() {
    return endpoint.shown();
  }

  @Override
  public String send(ProblemEvent event, @Nullable ProblemEvent told) throws IOException {
    List<Object> alerts = new ArrayList<>();
    Severity before = told == null ? event.severityBefore : told.severity;
    if (before != null && before != event.severity) alerts.add(alert(event, before, true));
    alerts.add(alert(event, event.severity, event.resolved));
    return endpoint.post(Json.write(alerts));
  }

  @Override
  public boolean wantsReminders() {
    return true;
  }

  @Override
  public void remind(Collection<ProblemEvent> firing) throws IOException {
    List<Object> alerts = new ArrayList<>();
    for (ProblemEvent event : firing) {
      alerts.add(alert(event.asOfNow(), event.severity, false));
      if (alerts.size() < MOST_AT_ONCE) continue;
      endpoint.post(Json.write(alerts));
      alerts.clear();
    }
    if (!alerts.isEmpty()) endpoint.post(Json.write(alerts));
  }

  private static Map<String, Object> alert(ProblemEvent event, Severity severity, boolean ended) {
    Facts facts = new Facts(event.json);
    Map<String, Object> labels = new LinkedHashMap<>();
    labels.put("alertname", alertName(event.kind));
    labels.put("service", event.service);
    labels.put("entry_point", event.entryPoint);
    labels.put("kind", event.kind.label());
    labels.put("severity", severity.label());
    labels.put("problem", event.problem);

    Map<String, Object> annotations = new LinkedHashMap<>();
    annotations.put("summary", event.line);
    put(annotations, "description", facts.suggestion());
    put(annotations, "statement", facts.statement());
    put(annotations, "cause", facts.cause());
    put(annotations, "call_site", facts.callSite());
    put(annotations, "count", facts.count());
    put(annotations, "cost", facts.cost());
    put(annotations, "occurrences", facts.occurrences());
    annotations.put("entry_points", String.join(", ", event.findings.keySet()));
    annotations.put("fingerprints", String.join(", ", event.findings.values()));
    put(annotations, "trace_url", event.traceUrl);

    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Instant starts = starts(facts.firstSeen(), now);
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("labels", labels);
    alert.put("annotations", annotations);
    alert.put("startsAt", starts.toString());
    alert.put("endsAt", (ended ? now : now.plus(LASTS)).toString());
    if (isUrl(event.traceUrl)) alert.put("generatorURL", event.traceUrl);
    return alert;
  }

  /** {@code AtalayaNPlusOne}, {@code AtalayaSlowQuery}. */
  private static String alertName(Kind kind) {
    StringBuilder name = new StringBuilder("Atalaya");
    for (String word : kind.label().split("_")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
    }
    return name.toString();
  }

  /** Not after now: an alert that ended before it started is refused. */
  private static Instant starts(@Nullable String firstSeen, Instant now) {
    if (firstSeen == null) return now;
    try {
      Instant seen = Instant.parse(firstSeen);
      return seen.isAfter(now) ? now : seen;
    } catch (DateTimeException unreadable) {
      return now;
    }
  }

  /** Anything else would have the whole request refused. */
  private static boolean isUrl(@Nullable String text) {
    try {
      return text != null && URI.create(text).getHost() != null;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static void put(Map<String, Object> annotations, String key, @Nullable String value) {
    if (value != null) annotations.put(key, value);
  }
}
