package dev.atalaya.agent.kept;

import dev.atalaya.agent.export.Resource;
import dev.atalaya.agent.export.SpanEncoder;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.Span;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the traces that tell something, and while somebody looks at them the latest of each entry
 * point. What is not decided before its end, as of a job that goes on, is kept apart until then.
 *
 * <p>A span is encoded on the worker's thread before the store is locked, so that nothing of the
 * application's runs under a lock or is held.
 */
public final class KeptTraces implements Source {
  private static final int LISTED = 100;

  private final TraceStore store = new TraceStore();
  private final Audience audience = new Audience();
  private final Supplier<Resource> resource;
  private final SpanEncoder encoder;

  // Used by the worker's thread alone.
  private final Undecided undecided = new Undecided();
  private final KeptEarly keptEarly = new KeptEarly();
  private final Pace pace = new Pace();

  public KeptTraces(Supplier<Resource> resource, boolean exceptionMessages) {
    this.resource = resource;
    encoder = new SpanEncoder(exceptionMessages);
  }

  // ---- On the worker's thread ------------------------------------------------------------------

  /**
   * @param latest the spans of the request that ended since the last call for it
   * @param tells whether the request failed, or something was found in it
   */
  public void accept(Request request, Span latest, boolean tells) {
    Span root = request.root();
    if (root == null) return;
    boolean ends = has(latest, root);
    KeptTrace begun = ends ? undecided.remove(root) : undecided.get(root);
    boolean goesOn = !ends && (begun != null || !request.rootEnded());
    boolean chosen = tells || ends && audience.isThere();
    // A trace that began with this request, and comes whole, can't be known.
    boolean mayBeKnown = !ends || keptEarly.remove(root) || request.remoteParent() != 0;
    if (!chosen && !goesOn && !mayBeKnown) return;
    KeptTrace known = mayBeKnown ? store.get(request.traceId()) : null;
    if (known != null) add(known, request, root, latest, ends);
    else if (chosen && (ends || goesOn)) keep(begun, request, root, latest, ends);
    else if (goesOn) undecided.add(begun, request, root, latest, encoder);
  }

  private static boolean has(Span latest, Span root) {
    for (Span span = latest; span != null; span = span.next()) if (span == root) return true;
    return false;
  }

  private void add(KeptTrace known, Request request, Span root, Span latest, boolean ends) {
    Portion portion = Portion.of(latest, known.room(ends), encoder);
    store.put(
        known,
        () -> {
          known.add(portion);
          known.describe(request, root);
        });
  }

  private void keep(
      @Nullable KeptTrace begun, Request request, Span root, Span latest, boolean ends) {
    if (ends && !pace.allows(ExampleKey.of(request, root), root.durationNanos())) return;
    KeptTrace trace = begun == null ? new KeptTrace(request.traceId()) : begun;
    trace.describe(request, root);
    if (!ends) {
      undecided.remove(root);
      keptEarly.add(root);
    }
    trace.add(Portion.of(latest, trace.room(ends), encoder));
    store.put(trace, () -> {});
  }

  // ---- For any thread --------------------------------------------------------------------------

  /** A list, or one as OTLP has it in JSON. */
  @Override
  public @Nullable Object get(Query query) {
    audience.asks();
    if (query.id().isEmpty()) {
      return store.list(wanted(query), query.number("limit", LISTED, TraceStore.MOST));
    }
    List<byte[]> portions = store.portions(query.id());
    return portions == null ? null : OtlpJson.of(resource.get(), portions);
  }

  private static Predicate<KeptTrace> wanted(Query query) {
    String route = query.text("route");
    String problem = query.text("problem");
    long nanos = query.number("min_ms", 0, Integer.MAX_VALUE) * 1_000_000L;
    boolean failed = query.text("error").equals("true");
    return trace ->
        trace.isAt(route)
            && (problem.isEmpty() || trace.isOf(problem))
            && trace.durationNanos() >= nanos
            && (!failed || trace.isFailed());
  }

  /** For the doctor. */
  public Map<String, Object> report() {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("traces", store.size());
    report.put("bytes", store.bytes());
    report.put("latest_since", audience.since());
    return report;
  }
}
