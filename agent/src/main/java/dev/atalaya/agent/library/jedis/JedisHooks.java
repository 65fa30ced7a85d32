package dev.atalaya.agent.library.jedis;

import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.library.redis.RedisTemplates;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Hook;
import dev.atalaya.agent.trace.LibraryHooks;
import dev.atalaya.agent.trace.Recorder;
import dev.atalaya.agent.trace.Span;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what Jedis sends and reads. */
public final class JedisHooks implements LibraryHooks {
  /** A {@code Jedis} has its connection within. */
  private static final Getter CLIENT = new Getter("getClient");

  @Override
  public void offer(Recorder recorder, Map<String, Hook> hooks) {
    ClientCalls calls = recorder.clientCalls();
    RedisTemplates templates = new RedisTemplates(calls.templates());
    JedisReplies replies = new JedisReplies(calls, templates);
    hooks.put(
        "connecting",
        (connection, socket, none, no) -> {
          replies.connecting(connection, socket);
          return null;
        });
    hooks.put(
        "sending",
        (connection, command, arguments, none) -> {
          if (command instanceof byte[]) replies.sending(connection, (byte[]) command, arguments);
          return null;
        });
    hooks.put(
        "sent",
        (connection, error, none, no) -> {
          replies.sent(connection, (Throwable) error);
          return null;
        });
    hooks.put(
        "waiting",
        (connection, socket, count, none) ->
            replies.waiting(connection, socket, count instanceof Integer ? (Integer) count : 1));
    hooks.put(
        "replied",
        (call, connection, reply, error) -> {
          replies.replied((Span) call, connection, reply, (Throwable) error);
          return null;
        });
    hooks.put("attempts", (none, nothing, no, not) -> replies.attempts());
    hooks.put(
        "attempted",
        (call, error, none, no) -> {
          replies.ended((Span) call, (Throwable) error);
          return null;
        });
    offerNodes(hooks);
    offerPipelines(new JedisPipelines(calls, templates), hooks);
  }

  private static void offerNodes(Map<String, Hook> hooks) {
    hooks.put(
        "cluster",
        (client, seeds, none, no) -> {
          RedisNodes.cluster(client, seeds);
          return null;
        });
    hooks.put(
        "watched",
        (client, sentinels, none, no) -> {
          RedisNodes.watched(client, sentinels);
          return null;
        });
    hooks.put(
        "node",
        (connection, client, none, no) -> {
          belongs(connection, client);
          return null;
        });
  }

  /** The connection leads to one of the servers that the client was told of. */
  private static void belongs(@Nullable Object connection, @Nullable Object client) {
    RedisNodes nodes = RedisNodes.of(client);
    if (connection == null || nodes == null) return;
    Object inner = CLIENT.of(connection);
    JedisLink.of(inner == null ? connection : inner).belongs(nodes);
  }

  private static void offerPipelines(JedisPipelines pipelines, Map<String, Hook> hooks) {
    hooks.put(
        "pipeline",
        (responses, connections, none, no) ->
            pipelines.begin((Map<?, ?>) responses, (Map<?, ?>) connections));
    hooks.put(
        "pipelined",
        (call, connections, error, none) -> {
          pipelines.end((Span) call, (Map<?, ?>) connections, (Throwable) error);
          return null;
        });
  }
}
