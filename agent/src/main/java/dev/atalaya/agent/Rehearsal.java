package dev.atalaya.agent;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracer;
import dev.atalaya.bridge.Tracing;
import java.util.Collections;

/**
 * A request with a query that repeats, recorded where nobody reads it: the classes that requests
 * need are loaded by it, and not while the first of them waits.
 */
final class Rehearsal {
  private static final String URL = "jdbc:rehearsal://localhost/";
  private static final String QUERY = "select a, b from t where c = ? and d in (1, 2)";
  private static final int REPEATS = 3;

  private final Tracer tracer;

  Rehearsal(Tracer tracer) {
    this.tracer = tracer;
  }

  /** On the calling thread, which must have nothing open. */
  static void of(TraceSettings settings) {
    Worker nobody = new Worker(1, new Faults((part, error) -> {}));
    new Rehearsal(new Recorder(settings, nobody, new Registry(), (error, where) -> {})).request();
  }

  void request() {
    Object connection = new Object();
    tracer.connected(null, connection, URL, null);
    Call request =
        tracer.serve(Collections.emptyMap(), "GET", "http", "localhost", 80, "/rehearsal", null);
    try {
      tracer.route("/rehearsal");
      for (int i = 0; i < REPEATS; i++) query(connection, i);
    } finally {
      Tracing.end(request, null);
    }
  }

  private void query(Object connection, int value) {
    Object statement = new Object();
    Object rows = new Object();
    tracer.preparing();
    tracer.prepared(connection, statement, QUERY);
    tracer.bind(statement, 1, value);
    Call call = tracer.sql(statement, null);
    tracer.rows(call, rows);
    Tracing.end(call, null);
    tracer.next(rows, true);
    tracer.next(rows, false);
  }
}
