package dev.atalaya.agent.state;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The field for the agent's state that the weaver added to a class.
 *
 * <p>Plain reads and writes: the object's own thread rules apply to the state as well.
 */
public abstract class StateField {
  private static volatile Function<Class<?>, @Nullable StateField> finder = type -> null;

  private static final ClassValue<@Nullable StateField> FIELDS =
      new ClassValue<@Nullable StateField>() {
        @Override
        protected @Nullable StateField computeValue(Class<?> type) {
          return finder.apply(type);
        }
      };

  /** That of the class's objects, which may be a superclass's; null where there is none. */
  public static @Nullable StateField of(Class<?> type) {
    return FIELDS.get(type);
  }

  /**
   * Sets how fields are found. To be called before any class gets one, as what is found is kept.
   */
  public static void findBy(Function<Class<?>, @Nullable StateField> next) {
    finder = next;
  }

  public abstract @Nullable Object get(Object target);

  public abstract void put(Object target, @Nullable Object state);
}
