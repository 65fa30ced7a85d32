package dev.atalaya.agent.trace;

import org.jspecify.annotations.Nullable;

/**
 * Where durations are recorded, in ns: finds, or makes, the series for a set of labels. Any thread
 * may call. Beyond the bound of cardinality it is the overflow's series.
 */
public interface Meters {
  /** Database operations; both nullable arguments are null for a success. */
  Distribution operation(
      Template template, @Nullable String errorType, @Nullable String responseStatus);

  Distribution rows(Template template);

  /** Incoming requests; {@code route} is empty where none is known. */
  Distribution server(
      String method, String route, int status, @Nullable String scheme, @Nullable String errorType);

  Distribution client(
      String method, @Nullable String host, int port, int status, @Nullable String errorType);

  /** Remote procedure calls, {@code served} or sent. */
  Distribution rpc(boolean served, RpcCall call, @Nullable String errorType);

  /** A request of {@code route} ended: statements it sent, bytes its thread allocated or -1. */
  void request(String route, int statements, long allocatedBytes);

  /** A connection pool to watch, held weakly; its figures are read from its public getters. */
  void pool(String system, Object pool);

  /** A connection came from {@code pool} after {@code nanos}, or did not come. */
  void borrowed(Object pool, long nanos, boolean timedOut);

  /** A connection went back to {@code pool} after it was used for {@code nanos}. */
  void returned(Object pool, long nanos);

  /** {@code hits} and {@code misses} of one read. */
  void cache(String system, @Nullable String name, int hits, int misses);
}
