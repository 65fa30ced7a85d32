package dev.atalaya.agent.library.reactivestreams;

import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Subscribed;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** Marks subscribers with the context that they were subscribed in, and enters it. */
@NullMarked
public final class ReactiveStreamsHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "subscribed",
        (subscriber, none, nothing, nor) -> {
          Subscribed.mark(subscriber);
          return null;
        });
    hooks.put("signal", (kept, none, nothing, nor) -> Subscribed.enter(kept));
    hooks.put(
        "ends",
        (kept, subscriber, nothing, nor) -> {
          Subscribed.forget(subscriber);
          return Subscribed.enter(kept);
        });
    hooks.put(
        "cancelled",
        (kept, subscriber, nothing, nor) -> {
          Subscribed.forget(subscriber);
          return null;
        });
    hooks.put(
        "left",
        (previous, none, nothing, nor) -> {
          Subscribed.leave(previous);
          return null;
        });
  }
}
