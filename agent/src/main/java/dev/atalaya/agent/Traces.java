package dev.atalaya.agent;

import dev.atalaya.agent.breaker.Stage;
import dev.atalaya.agent.config.Options;
import dev.atalaya.agent.export.Resource;
import dev.atalaya.agent.export.TraceExporter;
import dev.atalaya.agent.kept.KeptTraces;
import dev.atalaya.agent.trace.OperationStatistics;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Worker;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands spans to the exporter, which is made with the first of them, and to what keeps some for the
 * console, which is made with the first that tell something.
 */
final class Traces implements Worker.Consumer {
  private static final long AWAITED_NANOS = 12_000_000_000L;

  private final Options options;
  private final LiveSettings settings;
  private final Supplier<Resource> resource;
  private final boolean exports;
  private final boolean keeps;
  private final List<Span> awaited = new ArrayList<>();
  private volatile @Nullable TraceExporter exporter;
  private volatile @Nullable KeptTraces kept;

  /** {@code resource} is asked with the first span. */
  Traces(Options options, LiveSettings settings, Supplier<Resource> resource) {
    this.options = options;
    this.settings = settings;
    this.resource = resource;
    exports = !options.get(Options.TRACES_EXPORTER).equals("none");
    keeps =
        options.get(Options.CONSOLE)
            && options.get(Options.METRICS_EXPORTER).equals("prometheus"); // else there is no port
  }

  boolean exports() {
    return exports;
  }

  long exportedSpans() {
    TraceExporter made = exporter;
    return made == null ? 0 : made.exportedSpans();
  }

  /** The traces that are kept for the console. */
  synchronized KeptTraces kept() {
    KeptTraces made = kept;
    if (made == null) {
      kept = made = new KeptTraces(resource, options.get(Options.EXCEPTION_MESSAGES));
    }
    return made;
  }

  /** For the doctor; empty where none was kept yet. */
  Map<String, Object> keptReport() {
    KeptTraces made = kept;
    return made == null ? new TreeMap<>() : made.report();
  }

  /** By reason. */
  Map<String, Long> droppedSpans() {
    TraceExporter made = exporter;
    return made == null ? new TreeMap<>() : new TreeMap<>(made.droppedSpans());
  }

  /** For the doctor. */
  String state() {
    TraceExporter made = exporter;
    return made != null ? made.state() : exports ? "no spans yet" : "off";
  }

  @Override
  public void accept(Request request, Span latest) {
    if ((exports || keeps) && isAwaited(latest)) awaited.add(latest);
    else hand(request, latest);
  }

  private void hand(Request request, Span latest) {
    if (settings.leaves(Stage.SPANS)) {
      request.letGo();
      return;
    }
    export(request, latest);
    if (keeps) keep(request, latest);
  }

  private void keep(Request request, Span latest) {
    boolean tells = tells(request, latest);
    if (kept == null && !tells && request.rootEnded()) return;
    kept().accept(request, latest, tells);
  }

  /** Whether it failed, or something was found in it, also where it goes on. */
  private static boolean tells(Request request, Span latest) {
    if (request.isFailed()) return true;
    if (request.rootEnded()) {
      return request.findings instanceof List && !((List<?>) request.findings).isEmpty();
    }
    for (Span span = latest; span != null; span = span.next()) {
      OperationStatistics statistics = span.statistics();
      if (statistics != null && statistics.finding() != null) return true;
    }
    return false;
  }

  private void export(Request request, Span latest) {
    if (!exports || !request.isExported()) {
      request.letGo();
      return;
    }
    TraceExporter made = exporter;
    if (made == null) exporter = made = new TraceExporter(options, resource.get());
    made.accept(request, latest);
  }

  /**
   * Whether to wait before exporting a call outside of any request: a finding in such calls is told
   * with the first of them, a little later.
   */
  private boolean isAwaited(Span span) {
    OperationStatistics statistics = span.statistics();
    return span.request().kind() == Request.Kind.IMPLICIT
        && statistics != null
        && statistics.first() == span
        && statistics.count() > 1
        && statistics.finding() == null
        && !span.request().unit().isClosed()
        && System.nanoTime() - span.endNanos() < AWAITED_NANOS;
  }

  @Override
  public String part() {
    return "export";
  }

  @Override
  public void tick(boolean closing) {
    for (Iterator<Span> all = awaited.iterator(); all.hasNext(); ) {
      Span span = all.next();
      if (isAwaited(span)) continue;
      all.remove();
      hand(span.request(), span);
    }
    TraceExporter made = exporter;
    if (made != null) made.tick(closing);
  }
}
