package dev.atalaya.agent.library.executors;

import dev.atalaya.agent.callsite.Application;
import dev.atalaya.agent.trace.OwnContext;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs again and again: each run is a job of its own, named {@code Class#method}.
 *
 * <p>Libraries' housekeeping (a pool's, a server's) is no job: it only inherits no context.
 */
@NullMarked
final class Periodic implements OwnContext {
  /** Where Spring keeps the task in what it wraps around it. */
  private static final String[] WRAPPED = {"delegate", "runnable", "task"};

  private final Recorder recorder;
  private final Runnable task;
  private final @Nullable String name;

  Periodic(Recorder recorder, Runnable task) {
    this.recorder = recorder;
    this.task = task;
    this.name = name(task, recorder.application());
  }

  @Override
  public void run() {
    Call job = begin();
    Throwable thrown = null;
    try {
      task.run();
    } catch (Throwable error) {
      thrown = error;
      throw error;
    } finally {
      end(job, thrown);
    }
  }

  private @Nullable Call begin() {
    try {
      if (!Tracing.isOn()) return null;
      return name == null ? recorder.apart() : Tracing.job(name);
    } catch (Throwable error) {
      Tracing.failed(error, "scheduled");
      return null;
    }
  }

  private static void end(@Nullable Call job, @Nullable Throwable thrown) {
    try {
      Tracing.end(job, thrown);
    } catch (Throwable error) {
      Tracing.failed(error, "scheduled");
    }
  }

  @Override
  public String toString() {
    return task.toString();
  }

  /**
   * The application's class and method behind Spring's wrappers, null for a library's. A lambda's
   * class is the one that holds it.
   */
  static @Nullable String name(Runnable task, Application application) {
    Object inner = task;
    for (int depth = 0; depth < 4 && isSpring(inner); depth++) {
      Method method = value(inner, "method", Method.class);
      if (method != null) return method.getDeclaringClass().getName() + "#" + method.getName();
      Runnable wrapped = null;
      for (String field : WRAPPED)
        if (wrapped == null) wrapped = value(inner, field, Runnable.class);
      if (wrapped == null) break;
      inner = wrapped;
    }
    String type = inner.getClass().getName();
    int lambda = type.indexOf("$$Lambda");
    if (lambda >= 0) type = type.substring(0, lambda);
    boolean own =
        lambda < 0
            ? application.roles.isApplications(inner.getClass())
            : application.roles.isApplications(type);
    return own ? type + "#run" : null;
  }

  private static boolean isSpring(Object task) {
    return task.getClass().getName().startsWith("org.springframework.");
  }

  private static <T> @Nullable T value(Object holder, String name, Class<T> type) {
    for (Class<?> c = holder.getClass(); c != null && c != Object.class; c = c.getSuperclass()) {
      try {
        Field field = c.getDeclaredField(name);
        field.setAccessible(true);
        Object value = field.get(holder);
        if (type.isInstance(value)) return type.cast(value);
      } catch (ReflectiveOperationException | RuntimeException next) {
        // Another version, or a class above has it.
      }
    }
    return null;
  }
}
