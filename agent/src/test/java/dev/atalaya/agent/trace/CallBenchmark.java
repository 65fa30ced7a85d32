package dev.atalaya.agent.trace;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.state.StateField;
import dev.atalaya.bridge.Call;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What recording costs the application's thread: a request of one statement and of fifty. The queue
 * is drained on the same thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallBenchmark {
  private static final String SQL = "SELECT name FROM item WHERE id = ? AND price > ?";

  private final Worker worker =
      new Worker(1_000, new Faults((part, error) -> {}), (request, latest) -> {});
  private final Recorder recorder =
      new Recorder(new Settings(), worker, new Registry(), (error, instrumentation) -> {});
  private final Object connection = new Object();

  public CallBenchmark() {
    StateField.findBy(type -> type == Statement.class ? new OfStatement() : null);
  }

  @Benchmark
  public void request_of_one_call() {
    request(1);
  }

  @Benchmark
  public void request_of_fifty_calls() {
    request(50);
  }

  private void request(int calls) {
    Call request =
        recorder.serve(Collections.emptyMap(), "GET", "http", "localhost", 80, "/items", null);
    for (int i = 0; i < calls; i++) call(i);
    request.end(null);
    worker.drain();
  }

  private void call(int id) {
    Object statement = new Statement();
    recorder.preparing();
    recorder.prepared(connection, statement, SQL);
    recorder.bind(statement, 1, id);
    recorder.bind(statement, 2, 10L);
    Call call = recorder.sql(statement, null);
    call.end(null);
  }

  /** A statement of a class that the weaver gave a field. */
  static final class Statement {
    private @Nullable Object state;
  }

  static final class OfStatement extends StateField {
    @Override
    public @Nullable Object get(Object target) {
      return ((Statement) target).state;
    }

    @Override
    public void put(Object target, @Nullable Object state) {
      ((Statement) target).state = state;
    }
  }

  static final class Settings implements TraceSettings {
    private final Propagation propagation = new Propagation(Collections.singleton("tracecontext"));

    @Override
    public Propagation propagation() {
      return propagation;
    }

    @Override
    public Sampler sampler() {
      return Sampler.ALWAYS;
    }

    @Override
    public Set<String> knownMethods() {
      return Collections.singleton("GET");
    }

    @Override
    public boolean excludes(String pathOrRoute) {
      return false;
    }
  }
}
