package shop;

import java.util.Arrays;
import java.util.function.Supplier;

/** Methods of an application, with whatever is to be called from them. */
public final class Calls {
  private Calls() {}

  public static <T> T plainly(Supplier<T> call) {
    return call.get();
  }

  public static <T> T inALambda(Supplier<T> call) {
    return Arrays.asList(1).stream().map(one -> call.get()).findFirst().orElse(null);
  }

  public static <T> T inNested(Supplier<T> call) {
    return Nested.call(call);
  }

  /** Below so many frames more. */
  public static <T> T deep(int frames, Supplier<T> call) {
    return frames == 0 ? plainly(call) : deep(frames - 1, call);
  }

  /** What a library makes a proxy of. */
  public interface Repository<T> extends Supplier<T> {}

  private static final class Nested {
    static <T> T call(Supplier<T> call) {
      return call.get();
    }
  }
}
