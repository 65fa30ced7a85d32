package dev.atalaya.agent.library.reactivestreams;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.Subscribed;
import java.lang.reflect.Field;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Marks a subscriber with the context that it subscribes in, where nobody above it has the mark:
 * some of a library's classes only pass on what they are sent, and the subscriber that they make
 * for what is above them is marked in its place. That is in a field of one name throughout a
 * library.
 */
@NullMarked
public final class Operators {
  private final ClassValue<Boolean> passOn =
      new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return hasField(type) && !byThemselves.matcher(type.getSimpleName()).matches();
        }
      };

  private final String prefix;
  private final String above;
  private final Pattern byThemselves;

  /**
   * @param prefix of the library's classes
   * @param above the field's name
   * @param byThemselves simple names of what has the field and sends by itself
   */
  public Operators(String prefix, String above, String byThemselves) {
    this.prefix = prefix;
    this.above = above;
    this.byThemselves = Pattern.compile(byThemselves);
  }

  /** Is given a subscriber and what it subscribes to. */
  public Hook subscribes() {
    return (subscriber, source, nothing, nor) -> {
      if (source == null || !passOn.get(source.getClass())) Subscribed.mark(subscriber);
      return null;
    };
  }

  private boolean hasField(@Nullable Class<?> type) {
    if (type == null || !type.getName().startsWith(prefix)) return false;
    for (Field field : type.getDeclaredFields()) {
      if (field.getName().equals(above) && !isOthers(field.getType())) return true;
    }
    return hasField(type.getSuperclass());
  }

  /**
   * What a source is made of: code of the application, {@code ObservableOnSubscribe}, or values.
   */
  private static boolean isOthers(Class<?> type) {
    return type.getSimpleName().endsWith("OnSubscribe") || type == Iterable.class;
  }
}
