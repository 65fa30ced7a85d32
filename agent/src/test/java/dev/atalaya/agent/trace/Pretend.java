package dev.atalaya.agent.trace;

import dev.atalaya.agent.callsite.CallSite;
import java.lang.reflect.Field;

/** Makes things look as if time had passed, or a stack been walked. */
public final class Pretend {
  private static final Field START = field(Span.class, "startNanos");

  private Pretend() {}

  static void begun(Span span, long nanos) {
    set(START, span, nanos);
  }

  /** Makes the unit of work look that much older. */
  public static void age(UnitOfWork unit, long millis) {
    set(field(UnitOfWork.class, "startNanos"), unit, unit.startNanos() - millis * 1_000_000);
  }

  /** Makes the call look that much older. */
  public static void age(Span call, long millis) {
    begun(call, System.nanoTime() - millis * 1_000_000);
  }

  /** As if it had waited for a pool's connection. */
  public static void waited(UnitOfWork unit, long millis) {
    unit.waited(millis * 1_000_000);
  }

  /** Makes the thread look as if it had done nothing for so long. */
  public static void rest(UnitOfWork unit, long millis) {
    unit.lastNanos = System.nanoTime() - millis * 1_000_000;
  }

  /** As if the stack had been walked once more, and been this. */
  public static void met(OperationStatistics statistics, CallSite site) {
    statistics.more().callers().met(site, 1);
  }

  public static Field field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException gone) {
      throw new AssertionError(gone);
    }
  }

  public static void set(Field field, Object of, long value) {
    try {
      field.set(of, value);
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
