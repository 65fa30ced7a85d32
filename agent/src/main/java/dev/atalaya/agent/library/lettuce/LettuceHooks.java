package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.States;
import java.util.Collection;
import java.util.Map;

/** Records the commands that go through Lettuce. */
public final class LettuceHooks implements LibraryHooks {
  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    ClientCalls calls = recorder.clientCalls();
    Servers servers = new Servers(calls);
    offerSending(new Dispatches(calls, servers), servers, hooks);
    offerAnswers(new Completions(calls, servers), hooks);
    offerServers(hooks);
  }

  private static void offerSending(
      Dispatches dispatches, Servers servers, Map<String, Hook> hooks) {
    hooks.put(
        "dispatch",
        (connection, command, name, arguments) -> {
          if (name instanceof byte[]) {
            dispatches.dispatch(connection, command, (byte[]) name, arguments);
          }
          return null;
        });
    hooks.put(
        "dispatchAll",
        (connection, commands, none, no) -> {
          if (commands instanceof Collection) {
            dispatches.dispatch(connection, (Collection<?>) commands);
          }
          return null;
        });
    hooks.put(
        "buffering",
        (connection, on, none, no) -> {
          dispatches.buffering(connection, Boolean.TRUE.equals(on));
          return null;
        });
    hooks.put(
        "flush",
        (connection, none, nothing, no) -> {
          dispatches.flush(connection);
          return null;
        });
    hooks.put(
        "written",
        (endpoint, peer, command, none) -> {
          servers.written(endpoint, peer, command);
          return null;
        });
  }

  private static void offerAnswers(Completions completions, Map<String, Hook> hooks) {
    hooks.put(
        "completed",
        (command, output, error, none) -> {
          completions.completed(command, output, (Throwable) error);
          return null;
        });
    hooks.put(
        "cancelled",
        (command, none, nothing, no) -> {
          completions.cancelled(command);
          return null;
        });
    hooks.put(
        "own",
        (command, none, nothing, no) -> {
          // What the driver sends for itself was taken for a call when it was dispatched.
          if (command != null) States.remove(command);
          return null;
        });
  }

  private static void offerServers(Map<String, Hook> hooks) {
    hooks.put(
        "database",
        (state, number, none, no) -> {
          if (number != null) States.put(state, number);
          return null;
        });
    hooks.put(
        "cluster",
        (client, seeds, none, no) -> {
          RedisNodes.cluster(client, seeds);
          return null;
        });
    hooks.put(
        "writes",
        (writer, client, none, no) -> {
          RedisNodes nodes = RedisNodes.of(client);
          if (nodes != null) States.put(writer, nodes);
          return null;
        });
    hooks.put(
        "node",
        (endpoint, writer, none, no) -> {
          RedisNodes nodes = RedisNodes.of(writer);
          if (nodes != null) LettuceLink.of(endpoint).belongs(nodes);
          return null;
        });
  }
}
