package dev.atalaya.agent.trace;

import dev.atalaya.agent.metrics.Registry;
import dev.atalaya.agent.state.StateField;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a method of the bridge's own saves against a numbered hook that does the same, where the
 * application's own call takes nanoseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerbBenchmark {
  private static final int BIND = number("bind");
  private static final int NEXT = number("next");
  private static final int CARRY = number("carry");
  private static final int OTHERS = 5;

  private final Recorder recorder =
      new Recorder(
          new CallBenchmark.Settings(),
          new Worker(1_000, new Faults((part, error) -> {}), (request, latest) -> {}),
          new Registry(),
          (error, instrumentation) -> {});
  private final Object statement = new CallBenchmark.Statement();
  private final Object resultSet = new CallBenchmark.Statement();
  private final Runnable task = new Task();

  /** Within a request, whose statement was executed and whose rows are being read. */
  @Setup
  public void begin() {
    StateField.findBy(
        type -> type == CallBenchmark.Statement.class ? new CallBenchmark.OfStatement() : null);
    Tracing.use(recorder);
    recorder.serve(Collections.emptyMap(), "GET", "http", "localhost", 80, "/items", null);
    recorder.preparing();
    recorder.prepared(new Object(), statement, "SELECT name FROM item WHERE id = ?");
    recorder.bind(statement, 1, 1L);
    Call call = recorder.sql(statement, null);
    recorder.rows(call, resultSet);
    call.end(null);
    // As in a service: where a hook is called, many are.
    for (int i = 0; i < 100_000; i++) Tracing.hook(number("other" + i % OTHERS), statement);
  }

  @Benchmark
  public void bind_by_name() {
    Tracing.bind(statement, 1, 10L);
  }

  @Benchmark
  public void bind_by_hook() {
    Tracing.hook(BIND, statement, 1, 10L);
  }

  @Benchmark
  public void next_by_name() {
    Tracing.next(resultSet, true);
  }

  @Benchmark
  public void next_by_hook() {
    Tracing.hook(NEXT, resultSet, true);
  }

  @Benchmark
  public @Nullable Object carry_by_name() {
    return Tracing.carry(task);
  }

  @Benchmark
  public @Nullable Object carry_by_hook() {
    return Tracing.hook(CARRY, task);
  }

  private static int number(String event) {
    return Hooks.number(Verbs.class.getName(), event);
  }

  private static final class Task implements Runnable {
    @Override
    public void run() {}
  }

  /** The same by hooks. */
  public static final class Verbs implements LibraryHooks {
    @Override
    public void offer(Recorder recorder, Map<String, Hook> hooks) {
      hooks.put(
          "bind",
          (statement, index, value, none) -> {
            recorder.bind(statement, (int) index, (long) value);
            return null;
          });
      hooks.put(
          "next",
          (resultSet, row, none, nothing) -> {
            recorder.next(resultSet, (Boolean) row);
            return null;
          });
      hooks.put("carry", (task, none, nothing, no) -> recorder.carry((Runnable) task));
      hooks.put("other0", (a, b, c, d) -> a);
      hooks.put("other1", (a, b, c, d) -> b);
      hooks.put("other2", (a, b, c, d) -> c);
      hooks.put("other3", (a, b, c, d) -> d);
      hooks.put("other4", (a, b, c, d) -> null);
    }
  }
}
