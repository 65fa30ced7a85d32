package dev.atalaya.agent.callsite;

import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is handed a thread's frames one after the other, the innermost first, for as long as it wants.
 */
abstract class FrameSearch implements Consumer<Object>, Function<Stream<?>, @Nullable Object> {
  abstract boolean goesOn();

  /** A frame: a {@link StackTraceElement} or one of StackWalker's. */
  @Override
  public abstract void accept(Object frame);

  /** What {@code StackWalker.walk} calls. */
  @Override
  public @Nullable Object apply(Stream<?> stream) {
    Spliterator<?> next = stream.spliterator();
    while (goesOn() && next.tryAdvance(this)) continue;
    return null;
  }
}
