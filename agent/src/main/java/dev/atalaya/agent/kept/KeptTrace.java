package dev.atalaya.agent.kept;

import dev.atalaya.agent.detect.EntryPoint;
import dev.atalaya.agent.detect.Occurrence;
import dev.atalaya.agent.trace.Clock;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.RpcCall;
import dev.atalaya.agent.trace.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One trace: its spans, encoded, and what a list says of it. What several requests to this service
 * did in it stands together; entry point, duration and outcome are those of the one that began
 * first.
 */
final class KeptTrace {
  static final int MOST_BYTES = 256 * 1024;

  /** Kept free for the span that opened the request, which comes last of a long one. */
  private static final int ROOM_FOR_ROOT = 32 * 1024;

  /** What it takes beside the spans, roughly. */
  private static final int OWN_BYTES = 512;

  final String id;
  private final List<byte[]> portions = new ArrayList<>(1);
  private final Set<String> problems = new LinkedHashSet<>(2);
  private int bytes = OWN_BYTES;
  private int spans;
  private int leftOut;

  // Of the request that began first.
  private long rootId;
  private long startNanos = Long.MAX_VALUE;
  private long durationNanos;
  private String entryPoint = "";
  private @Nullable Object status;
  private @Nullable String error;
  private int statements;
  private String example = "";

  KeptTrace(String id) {
    this.id = id;
  }

  /** Bytes that are left for spans. */
  int room(boolean withRoot) {
    return MOST_BYTES - bytes - (withRoot ? 0 : ROOM_FOR_ROOT);
  }

  void add(Portion portion) {
    if (portion.bytes.length > 0) portions.add(portion.bytes);
    bytes += portion.bytes.length;
    spans += portion.spans;
    leftOut += portion.leftOut;
  }

  /** What the request tells by now. */
  void describe(Request request, Span root) {
    if (request.findings instanceof List) {
      for (Object one : (List<?>) request.findings) {
        if (one instanceof Occurrence) problems.add(((Occurrence) one).problem());
      }
    }
    long start = Clock.epochNanos(root.startNanos());
    if (root.id() == rootId || start < startNanos) {
      rootId = root.id();
      startNanos = start;
      long end = root.endNanos();
      durationNanos = (end == 0 ? System.nanoTime() : end) - root.startNanos();
      entryPoint = EntryPoint.of(request);
      statements = request.statements();
      RpcCall call = root.rpc();
      status = call != null ? call.status() : root.status() > 0 ? (Object) root.status() : null;
      Failure failure = root.failure();
      error = failure == null ? null : failure.type;
    }
    example = problems.isEmpty() && error == null ? entryPoint : entryPoint + problems + error;
  }

  /** What it is an example of: of problems at an entry point, an error there, or that alone. */
  String example() {
    return example;
  }

  boolean isFailed() {
    return error != null;
  }

  boolean isPlain() {
    return problems.isEmpty() && !isFailed();
  }

  /** As how many it counts where one has to go: a problem's trace stays longest. */
  int weight() {
    return problems.isEmpty() ? isFailed() ? 2 : 4 : 1;
  }

  boolean isOf(String problem) {
    return problems.contains(problem);
  }

  boolean isAt(String words) {
    return entryPoint.contains(words);
  }

  long durationNanos() {
    return durationNanos;
  }

  int bytes() {
    return bytes;
  }

  /** A copy, as more may come. */
  List<byte[]> portions() {
    return new ArrayList<>(portions);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("trace_id", id);
    json.put("time", Instant.ofEpochMilli(startNanos / 1_000_000).toString());
    json.put("duration_ms", Math.round(durationNanos / 1e3) / 1e3);
    json.put("entry_point", entryPoint);
    json.put("status", status);
    json.put("error", error);
    json.put("spans", spans + leftOut);
    json.put("spans_left_out", leftOut);
    json.put("statements", statements);
    json.put("problems", new ArrayList<>(problems));
    return json;
  }
}
