package dev.atalaya.agent.metrics;

import java.util.List;

/** One metric as it was at one moment, with all its series; neutral between the formats. */
public final class Family {
  /**
   * What the values mean; OTLP's kinds, of which Prometheus shows an up-down counter as a gauge.
   */
  public enum Type {
    COUNTER,
    UP_DOWN_COUNTER,
    GAUGE,
    HISTOGRAM,
    /** Labels alone, the value is 1; OTLP has them as the resource's attributes. */
    INFO
  }

  /** OpenTelemetry's name: {@code http.server.request.duration}. */
  public final String name;

  /** With unit and {@code _total}: {@code http_server_request_duration_seconds}. */
  public final String prometheusName;

  public final Type type;

  /** UCUM: {@code s}, {@code By}, {@code {row}}, {@code 1}; empty where there is none. */
  public final String unit;

  public final String help;

  /** The series' attribute keys in OpenTelemetry's spelling: {@code http.route}. */
  public final List<String> keys;

  /** A histogram's inclusive upper bounds, ascending, in {@link #unit}; else empty. */
  public final double[] bounds;

  public final List<Sample> samples;

  Family(Metric metric, List<String> keys, List<Sample> samples) {
    this.name = metric.otelName();
    this.prometheusName = metric.prometheusName();
    this.type = metric.type();
    this.unit = metric.unit();
    this.help = metric.help();
    this.keys = keys;
    this.bounds = metric.bounds();
    this.samples = samples;
  }
}
