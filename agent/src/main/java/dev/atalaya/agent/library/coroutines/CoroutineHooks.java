package dev.atalaya.agent.library.coroutines;

import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.InPieces;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Coroutines, known by their CoroutineContexts. */
@NullMarked
public final class CoroutineHooks implements LibraryHooks {
  private static final Getter CONTEXT = new Getter("getContext");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put("begun", told(InPieces::begun));
    hooks.put("within", told(InPieces::within));
    hooks.put("ended", told(InPieces::ended));
    hooks.put("started", told(CoroutineHooks::begun));
    hooks.put("goesOn", (continuation, none, nothing, no) -> goesOn(continuation));
  }

  private static void begun(Object coroutine) {
    Object context = CONTEXT.of(coroutine);
    if (context != null) InPieces.begun(context);
  }

  private static @Nullable Object goesOn(@Nullable Object continuation) {
    Object context = CONTEXT.of(continuation);
    return context == null ? null : InPieces.goesOn(context);
  }

  private static Hook told(Consumer<Object> event) {
    return (context, none, nothing, no) -> {
      if (context != null) event.accept(context);
      return null;
    };
  }
}
