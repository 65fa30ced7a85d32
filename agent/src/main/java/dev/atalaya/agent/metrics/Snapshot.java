package dev.atalaya.agent.metrics;

import dev.atalaya.agent.trace.Distribution;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the samples of all metrics while a registry is read. */
final class Snapshot {
  private final Map<Metric, List<Sample>> samples = new EnumMap<>(Metric.class);

  void add(Metric metric, double value, String... labels) {
    of(metric).add(new Sample(value, labels));
  }

  void add(Metric metric, List<Sample> more) {
    of(metric).addAll(more);
  }

  /**
   * Leaves out what has recorded nothing: a template's series exists before its first call ends.
   */
  void add(Metric metric, Distribution distribution, String... labels) {
    Sample sample = new Sample(distribution, metric.perUnit(), labels);
    if (sample.count > 0) of(metric).add(sample);
  }

  void add(Metric metric, Series<Distribution> series) {
    series.forEach((labels, distribution) -> add(metric, distribution, labels));
  }

  /** A reading that throws has no samples, and harms no other. */
  void add(Metric metric, Iterable<Registry.Reading> readings) {
    for (Registry.Reading reading : readings) {
      try {
        reading.addTo(of(metric));
      } catch (RuntimeException | LinkageError broken) {
        // Its source is closing, or not there yet.
      }
    }
  }

  /** In the order of their declaration, without those that have no samples. */
  List<Family> families() {
    List<Family> families = new ArrayList<>();
    samples.forEach(
        (metric, found) -> {
          if (!found.isEmpty()) families.add(new Family(metric, metric.keys(), found));
        });
    return families;
  }

  /** How many series each of {@code families} has. */
  Family sizes(List<Family> families) {
    List<Sample> sizes = new ArrayList<>();
    for (Family family : families)
      sizes.add(new Sample(family.samples.size(), family.prometheusName));
    return new Family(Metric.SERIES, Metric.SERIES.keys(), sizes);
  }

  private List<Sample> of(Metric metric) {
    return samples.computeIfAbsent(metric, added -> new ArrayList<>());
  }
}
