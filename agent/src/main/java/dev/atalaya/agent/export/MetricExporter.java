package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.metrics.Family;
import dev.atalaya.agent.metrics.Registry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends all metrics over OTLP each {@code otel.metric.export.interval}, and once more at the end.
 * Used by one thread.
 */
public final class MetricExporter {
  /** What traces leave of the time that a terminated process has. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  private static final int MOST_POINTS = 200_000;

  private final Registry registry;
  private final Envelope envelope;
  private final MetricEncoder encoder;
  private final ExportQueue queue;
  private final long intervalNanos;
  private long sent = System.nanoTime();

  public MetricExporter(Options options, Resource resource, Registry registry) {
    this.registry = registry;
    String version = String.valueOf(resource.text("telemetry.distro.version"));
    envelope = new Envelope(resource, version);
    encoder = new MetricEncoder(TimeUnit.MILLISECONDS.toNanos(registry.startMillis()));
    intervalNanos = options.get(Options.METRIC_INTERVAL);
    OtlpTarget target = new OtlpTarget(options, "metrics", version);
    ExportQueue.Terms terms = new ExportQueue.Terms();
    terms.items = "metric points";
    terms.configured = target.configured();
    terms.mostItems = MOST_POINTS;
    queue = new ExportQueue(target, terms, new Drops());
  }

  /** To be called some times a second; {@code closing} is the last time. */
  public void tick(boolean closing) {
    long now = System.nanoTime();
    if (closing || now - sent >= intervalNanos) {
      sent = now;
      if (!queue.isUseless()) collect();
    }
    if (closing) queue.close(CLOSE_NANOS);
    else queue.tick();
  }

  private void collect() {
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    Batch batch = null;
    for (Family family : registry.snapshot()) {
      if (batch == null) batch = next();
      batch.items += encoder.encode(family, now, batch.buffer);
      if (batch.isFull(MOST_POINTS)) {
        send(batch);
        batch = null;
      }
    }
    if (batch != null && batch.items > 0) send(batch);
  }

  private Batch next() {
    @Nullable Batch spare = queue.spare();
    return spare == null ? new Batch(envelope) : spare;
  }

  private void send(Batch batch) {
    batch.seal();
    queue.add(batch);
  }

  /** One line for the doctor: where metrics go, and whether they arrive. */
  public String state() {
    return queue.state();
  }
}
