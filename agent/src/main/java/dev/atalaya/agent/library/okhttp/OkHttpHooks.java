package dev.atalaya.agent.library.okhttp;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Sets the trace headers on a request's builder, and tells whether it did. */
@NullMarked
public final class OkHttpHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "inject",
        (builder, request, none, nothing) -> {
          Span call = recorder.sending();
          return call != null
              && builder != null
              && request != null
              && recorder.inject(call, request, builder);
        });
  }
}
