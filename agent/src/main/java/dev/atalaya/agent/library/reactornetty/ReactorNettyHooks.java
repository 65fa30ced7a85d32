package dev.atalaya.agent.library.reactornetty;

import dev.atalaya.agent.library.netty.Incoming;
import dev.atalaya.agent.library.netty.Outgoing;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose request a connection of Reactor Netty is at. */
public final class ReactorNettyHooks implements LibraryHooks {
  private static final Getter CHANNEL = new Getter("channel");
  private static final Getter PIPELINE = new Getter("pipeline");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "handles",
        (pipeline, none, nothing, no) -> pipeline == null ? null : Incoming.goesOn(pipeline));
    hooks.put(
        "made",
        (handler, none, nothing, no) -> {
          Object context = recorder.capture();
          if (context != null) States.put(handler, context);
          return null;
        });
    hooks.put(
        "sends",
        (handler, connection, none, nothing) -> {
          sends(handler, connection);
          return null;
        });
  }

  private static void sends(@Nullable Object handler, @Nullable Object connection) {
    Object pipeline = PIPELINE.of(CHANNEL.of(connection));
    if (pipeline != null) Outgoing.caller(pipeline, States.get(handler));
  }
}
