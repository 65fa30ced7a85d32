package dev.atalaya.agent.watch;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.privacy.Hash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Failures of one type at one place: how many, when, where they came in, and their traces. */
final class ErrorGroup {
  private static final int MINUTES = 10;
  private static final int TRACES = 5;
  private static final int ENTRY_POINTS = 20;

  final String id;
  final String type;

  /** The call that failed, else the entry point. */
  private final String what;

  private final @Nullable CallSite site;

  /** The type of what it was caused by, in the end; null where it has no cause. */
  @Nullable String cause;

  private final Map<String, Long> entryPoints = new LinkedHashMap<>();
  private final Deque<String> traceIds = new ArrayDeque<>();
  private final long[] minutes = new long[MINUTES];
  private long latestMinute;
  private long count;
  private long first;
  private long last;

  ErrorGroup(String key, String type, String what, @Nullable CallSite site) {
    this.id = String.format("%016x", Hash.of64(key));
    this.type = type;
    this.what = what;
    this.site = site;
  }

  void add(long now, String entryPoint, String traceId) {
    if (count++ == 0) first = now;
    last = now;
    forget(now);
    minutes[place(latestMinute)]++;
    if (entryPoints.size() < ENTRY_POINTS || entryPoints.containsKey(entryPoint)) {
      entryPoints.merge(entryPoint, 1L, Long::sum);
    }
    traceIds.addFirst(traceId);
    if (traceIds.size() > TRACES) traceIds.removeLast();
  }

  boolean isOf(String entryPoint) {
    return entryPoints.containsKey(entryPoint);
  }

  /** Counts of minutes that have passed make room for those to come. */
  private void forget(long now) {
    long minute = Math.max(latestMinute, now / 60_000);
    for (long gone = Math.max(latestMinute + 1, minute - MINUTES + 1); gone <= minute; gone++) {
      minutes[place(gone)] = 0;
    }
    latestMinute = minute;
  }

  private static int place(long minute) {
    return (int) (minute % MINUTES);
  }

  Map<String, Object> json(long now) {
    forget(now);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("error", id);
    json.put("type", type);
    json.put("cause", cause);
    json.put("what", what);
    json.put("call_site", site == null ? null : Stack.json(site));
    json.put("count", count);
    json.put("first_seen", Watch.time(first));
    json.put("last_seen", Watch.time(last));
    List<Long> trend = new ArrayList<>();
    for (long minute = latestMinute - MINUTES + 1; minute <= latestMinute; minute++) {
      trend.add(minutes[place(minute)]);
    }
    json.put("trend", trend);
    json.put("entry_points", places());
    json.put("trace_ids", new ArrayList<>(traceIds));
    return json;
  }

  /** Where it came in most often first. */
  private List<Map<String, Object>> places() {
    List<Map.Entry<String, Long>> sorted = new ArrayList<>(entryPoints.entrySet());
    sorted.sort((a, b) -> Long.compare(b.getValue(), a.getValue()));
    List<Map<String, Object>> places = new ArrayList<>();
    for (Map.Entry<String, Long> one : sorted) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("entry_point", one.getKey());
      place.put("count", one.getValue());
      places.add(place);
    }
    return places;
  }
}
