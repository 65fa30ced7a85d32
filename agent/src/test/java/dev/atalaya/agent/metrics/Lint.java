package dev.atalaya.agent.metrics;

import org.jspecify.annotations.Nullable;

/** Why a metric is named in a way that Prometheus' checker minds. */
final class Lint {
  private static final String COUNT =
      "the name is OpenTelemetry's, where `count` is what is counted; it is no histogram's";
  private static final String QUANTILE =
      "each quantile is a gauge, over the last minute and the same for all who ask; a summary"
          + " would have a sum and a count, which are the histogram's";

  private Lint() {}

  static @Nullable String reason(Metric metric) {
    if (metric.prometheusName().endsWith("_count")) return COUNT;
    return metric.keys().contains("quantile") ? QUANTILE : null;
  }
}
