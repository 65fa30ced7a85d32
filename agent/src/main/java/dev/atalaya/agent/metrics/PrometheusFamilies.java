package dev.atalaya.agent.metrics;

import io.prometheus.client.Collector;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.exemplars.Exemplar;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry's snapshot in the form that Prometheus' client library prints. A family is made when
 * the printer comes to it, as a histogram's series are some twenty samples each.
 */
public final class PrometheusFamilies implements Supplier<Enumeration<MetricFamilySamples>> {
  private final Registry registry;

  public PrometheusFamilies(Registry registry) {
    this.registry = registry;
  }

  @Override
  public Enumeration<MetricFamilySamples> get() {
    Iterator<Family> families = registry.snapshot().iterator();
    return new Enumeration<MetricFamilySamples>() {
      @Override
      public boolean hasMoreElements() {
        return families.hasNext();
      }

      @Override
      public MetricFamilySamples nextElement() {
        return samples(families.next());
      }
    };
  }

  static MetricFamilySamples samples(Family family) {
    List<String> labels = new ArrayList<>();
    for (String key : family.keys) labels.add(Metric.label(key));
    Printed to = new Printed(family, labels);
    for (Sample sample : family.samples) to.add(sample);
    return new MetricFamilySamples(to.base, to.unit, type(family.type), family.help, to.samples);
  }

  private static Collector.Type type(Family.Type type) {
    switch (type) {
      case COUNTER:
        return Collector.Type.COUNTER;
      case HISTOGRAM:
        return Collector.Type.HISTOGRAM;
      case INFO:
        return Collector.Type.INFO;
      default:
        return Collector.Type.GAUGE;
    }
  }

  private static final class Printed {
    final Family family;
    final List<String> labels;
    final List<String> bucketLabels;
    final String base;
    final String unit;
    final List<MetricFamilySamples.Sample> samples = new ArrayList<>();

    Printed(Family family, List<String> labels) {
      this.family = family;
      this.labels = labels;
      bucketLabels = new ArrayList<>(labels);
      bucketLabels.add("le");
      String name = family.prometheusName;
      if (family.type == Family.Type.COUNTER) name = without(name, "_total");
      base = family.type == Family.Type.INFO ? without(name, "_info") : name;
      unit = base.endsWith("_seconds") ? "seconds" : base.endsWith("_bytes") ? "bytes" : "";
    }

    void add(Sample sample) {
      if (family.type == Family.Type.HISTOGRAM) {
        addHistogram(sample);
      } else {
        add(family.prometheusName, labels, values(sample, null), sample.value, null);
      }
    }

    private void addHistogram(Sample sample) {
      long below = 0;
      for (int i = 0; i < sample.counts.length; i++) {
        below += sample.counts[i];
        boolean last = i == family.bounds.length;
        String le = last ? "+Inf" : Collector.doubleToGoString(family.bounds[i]);
        Exemplar exemplar = exemplar(sample.exemplars[i]);
        add(base + "_bucket", bucketLabels, values(sample, le), below, exemplar);
      }
      add(base + "_count", labels, values(sample, null), sample.count, null);
      add(base + "_sum", labels, values(sample, null), sample.sum, null);
    }

    private void add(
        String name,
        List<String> names,
        List<String> values,
        double value,
        @Nullable Exemplar exemplar) {
      samples.add(new MetricFamilySamples.Sample(name, names, values, value, exemplar));
    }

    private static List<String> values(Sample sample, @Nullable String le) {
      List<String> values = new ArrayList<>(sample.labels.length + 1);
      for (String value : sample.labels) values.add(value);
      if (le != null) values.add(le);
      return values;
    }

    private static @Nullable Exemplar exemplar(Sample.@Nullable Exemplar of) {
      return of == null
          ? null
          : new Exemplar(of.value, of.epochMillis, "trace_id", of.traceId, "span_id", of.spanId);
    }

    private static String without(String name, String suffix) {
      return name.substring(0, name.length() - suffix.length());
    }
  }
}
