package shop.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads of a cache while the visitors were there.
 *
 * @param system the tier: caffeine, redis
 */
record CacheFigures(String system, String name, long hits, long misses) {
  private static final String READS = "cache_requests_total";

  static List<CacheFigures> of(Metrics before, Metrics after) {
    List<CacheFigures> caches = new ArrayList<>();
    for (String system : after.values(READS, "cache_system")) {
      for (String name : after.values(READS, "cache_name")) {
        String[] labels = {"cache_system", system, "cache_name", name, "cache_result"};
        long hits = Math.round(reads(before, after, labels, "hit"));
        long misses = Math.round(reads(before, after, labels, "miss"));
        if (hits + misses > 0) {
          caches.add(new CacheFigures(system, name, hits, misses));
        }
      }
    }
    return caches;
  }

  private static double reads(Metrics before, Metrics after, String[] labels, String result) {
    String[] all = java.util.Arrays.copyOf(labels, labels.length + 1);
    all[labels.length] = result;
    return after.since(before, READS, all);
  }

  /** From 0 to 1. */
  @JsonProperty
  double hitRate() {
    return (double) hits / (hits + misses);
  }
}
