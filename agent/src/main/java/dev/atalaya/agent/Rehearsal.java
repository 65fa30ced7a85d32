package dev.atalaya.agent;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.trace.Faults;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.TraceSettings;
import dev.atalaya.agent.trace.Worker;
import dev.atalaya.bridge.Call;
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

  private final Recorder recorder;

  Rehearsal(Recorder recorder) {
    this.recorder = recorder;
  }

  /** On the calling thread, which must have nothing open. */
  static void of(TraceSettings settings) {
    Worker nobody = new Worker(1, new Faults((part, error) -> {}));
    new Rehearsal(new Recorder(settings, nobody, new Registry(), (error, where) -> {})).request();
  }

  void request() {
    Object connection = new Object();
    recorder.statements().connected(null, connection, URL, null);
    Call request =
        recorder.serve(Collections.emptyMap(), "GET", "http", "localhost", 80, "/rehearsal", null);
    try {
      recorder.route("/rehearsal");
      for (int i = 0; i < REPEATS; i++) query(connection, i);
    } finally {
      Tracing.end(request, null);
    }
  }

  private void query(Object connection, int value) {
    Object statement = new Object();
    Object rows = new Object();
    recorder.preparing();
    recorder.prepared(connection, statement, QUERY);
    recorder.bind(statement, 1, value);
    Call call = recorder.sql(statement, null);
    recorder.rows(call, rows);
    Tracing.end(call, null);
    recorder.next(rows, true);
    recorder.next(rows, false);
  }
}
