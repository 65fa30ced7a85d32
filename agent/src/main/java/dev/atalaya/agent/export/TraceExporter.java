package dev.atalaya.agent.export;

import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sends the ended spans of sampled requests to where {@code otel.traces.exporter} says.
 *
 * <p>On the worker's thread a span is encoded at once into the batch that is being filled, so that
 * what waits to be sent is bytes and no object of the application is held. A full or old batch goes
 * to {@link ExportQueue}, which never blocks the worker but at the end.
 */
public final class TraceExporter implements Worker.Consumer {
  /** A terminated process has 3 s; the rest is for what comes before. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

  private static final long LARGEST_QUEUE_BYTES = 16L << 20;

  private final String kind;
  private final Drops drops = new Drops();
  private final AtomicLong printed = new AtomicLong();
  private final @Nullable ExportQueue queue;
  private final Envelope envelope;
  private final SpanEncoder encoder;
  private final int batchSize;
  private final long delayNanos;

  // Used by the worker's thread alone.
  private @Nullable Batch filling;
  private boolean useless;
  private volatile int fillingItems;

  public TraceExporter(Options options, Resource resource) {
    kind = options.get(Options.TRACES_EXPORTER);

    String version = String.valueOf(resource.text("telemetry.distro.version"));
    envelope = new Envelope(resource, version);
    encoder = new SpanEncoder(options.get(Options.EXCEPTION_MESSAGES));
    int queueSize = Math.max(1, options.get(Options.BSP_MAX_QUEUE_SIZE));
    batchSize = Math.max(1, Math.min(queueSize, options.get(Options.BSP_MAX_EXPORT_BATCH_SIZE)));
    delayNanos = options.get(Options.BSP_SCHEDULE_DELAY);
    if (kind.equals("otlp")) {
      OtlpTarget target = new OtlpTarget(options, "traces", version);
      ExportQueue.Terms terms = new ExportQueue.Terms();
      terms.configured = target.configured();
      terms.mostItems = Math.max(batchSize, queueSize - batchSize); // the rest is being filled
      terms.mostBytes = Math.min(LARGEST_QUEUE_BYTES, Runtime.getRuntime().maxMemory() / 16);
      terms.timeoutNanos = options.get(Options.BSP_EXPORT_TIMEOUT);
      queue = new ExportQueue(target, terms, drops);
    } else {
      queue = null;
    }
  }

  @Override
  public void accept(Request request, Span latest) {
    if (!request.isExported()) return;
    if (queue != null) {
      for (Span span = latest; span != null; span = span.next()) add(span, queue);
      Batch batch = filling;
      fillingItems = batch == null ? 0 : batch.items;
    } else if (!kind.equals("none")) {
      for (Span span = latest; span != null; span = span.next()) {
        ConsoleSpans.print(span);
        printed.incrementAndGet();
      }
    }
  }

  private void add(Span span, ExportQueue queue) {
    if (useless) {
      drops.add(Drops.Reason.NO_COLLECTOR, 1);
      return;
    }
    Batch batch = filling;
    if (batch == null) {
      batch = queue.spare();
      if (batch == null) batch = new Batch(envelope);
      batch.begun = System.nanoTime();
      filling = batch;
    }
    int before = batch.buffer.length;
    try {
      encoder.encode(span, batch.buffer);
    } catch (Throwable unfit) {
      batch.buffer.length = before; // half a span would spoil the batch
      drops.add(Drops.Reason.REJECTED, 1);
      return;
    }
    batch.items++;
    if (batch.isFull(batchSize)) send(batch, queue);
  }

  private void send(Batch batch, ExportQueue queue) {
    filling = null;
    fillingItems = 0;
    try {
      batch.seal();
      queue.add(batch);
    } catch (OutOfMemoryError full) {
      drops.add(Drops.Reason.EXPORT_QUEUE_FULL, batch.items);
      throw full;
    }
    useless = queue.isUseless();
  }

  @Override
  public String part() {
    return "export";
  }

  @Override
  public void tick(boolean closing) {
    if (queue == null) return;
    Batch batch = filling;
    if (batch != null
        && batch.items > 0
        && (closing || System.nanoTime() - batch.begun >= delayNanos)) {
      send(batch, queue);
    }
    if (closing) queue.close(CLOSE_NANOS);
    else queue.tick();
    useless = queue.isUseless();
  }

  /** Spans that the target took, or that were printed. */
  public long exportedSpans() {
    return queue == null ? printed.get() : queue.delivered();
  }

  /** By reason; without those that never came here, as the worker's queue was full. */
  public Map<String, Long> droppedSpans() {
    return drops.byReason();
  }

  public long droppedSpans(String reason) {
    return drops.byReason().getOrDefault(reason, 0L);
  }

  /** Spans that wait, or are being sent. */
  public int queueSize() {
    return queue == null ? 0 : queue.itemsHeld() + fillingItems;
  }

  /** One line for the doctor: where traces go, and whether they arrive. */
  public String state() {
    return queue == null ? kind : kind + " " + queue.state();
  }
}
