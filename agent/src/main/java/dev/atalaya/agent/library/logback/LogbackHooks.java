package dev.atalaya.agent.library.logback;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** An event's context with the ids of what is open on its thread. */
@NullMarked
public final class LogbackHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "readMdc",
        (context, none, nothing, no) ->
            context == null ? null : withIds(recorder, (Map<?, ?>) context));
  }

  /** Null where it stays as it is. */
  private static @Nullable Map<Object, Object> withIds(Recorder recorder, Map<?, ?> context) {
    String trace = recorder.traceId();
    if (trace == null || context.containsKey("trace_id")) return null;
    Map<Object, Object> more = new HashMap<>(context);
    more.put("trace_id", trace);
    more.put("span_id", recorder.spanId());
    return more;
  }
}
