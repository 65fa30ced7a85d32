package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.callsite.CallSites;
import dev.atalaya.agent.callsite.ClassRoles;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import shop.Calls;

/**
 * What finding a call site costs the application's thread, beside the Throwable's trace that it is
 * done without: right above the call, in a server's stack, and below all frames but its own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallSiteBenchmark {
  private final ClassRoles roles =
      Application.of(Collections.emptyList(), () -> new Class<?>[0]).roles;
  private final Supplier<Object> here = () -> CallSites.here(roles, null);
  private final Supplier<Object> throwable = () -> new Throwable().getStackTrace();
  private final Supplier<Object> nothing = () -> roles;

  @Param({"60", "120"})
  int depth;

  @Benchmark
  public Object near() {
    return below(depth, () -> Calls.plainly(here));
  }

  @Benchmark
  public Object far() {
    return Calls.plainly(() -> below(depth, here));
  }

  @Benchmark
  public Object a_throwables_trace() {
    return Calls.plainly(() -> below(depth, throwable));
  }

  @Benchmark
  public Object the_frames_alone() {
    return Calls.plainly(() -> below(depth, nothing));
  }

  private static Object below(int frames, Supplier<Object> call) {
    return frames == 0 ? call.get() : below(frames - 1, call);
  }
}
