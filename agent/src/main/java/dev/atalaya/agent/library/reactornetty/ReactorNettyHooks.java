package dev.atalaya.agent.library.reactornetty;

import dev.atalaya.agent.library.netty.Caller;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Request;
import dev.atalaya.agent.trace.States;
import java.util.Map;

/** Which request a connection of Reactor Netty works for, and by which route it was asked. */
public final class ReactorNettyHooks implements LibraryHooks {
  private static final Getter CHANNEL = new Getter("channel");
  private static final Getter CONFIGURATION = new Getter("configuration");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    hooks.put(
        "asked",
        (client, none, nothing, no) -> {
          Object line = recorder.assembly().here();
          Object config = CONFIGURATION.of(client);
          if (line != null && config != null) States.put(config, line);
          return null;
        });
    hooks.put(
        "copied",
        (config, from, nothing, no) -> {
          Object line = States.get(from);
          if (line != null) States.put(config, line);
          return null;
        });
    hooks.put(
        "made",
        (handler, config, nothing, no) -> {
          Object context = recorder.capture();
          Object line = States.get(config);
          if (context != null || line != null) States.put(handler, new Caller(context, line));
          return null;
        });
    hooks.put(
        "sends",
        (handler, connection, none, nothing) -> {
          Object caller = States.get(handler);
          if (caller instanceof Caller) ((Caller) caller).sendsOn(CHANNEL.of(connection));
          return null;
        });
    hooks.put(
        "matched",
        (template, none, nothing, no) -> {
          Request request = recorder.current();
          if (request != null && template instanceof String) request.innerRoute((String) template);
          return null;
        });
  }
}
