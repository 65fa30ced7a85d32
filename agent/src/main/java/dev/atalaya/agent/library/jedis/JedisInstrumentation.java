package dev.atalaya.agent.library.jedis;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.commands.ProtocolCommand;

/**
 * Redis commands, pipelines and transactions sent through Jedis 3 to 8.
 *
 * <p>All of them put commands into the buffer of a {@code Connection} and then read each reply from
 * it by one method, which waits. What a command is, is remembered between the two.
 */
@AutoService(LibraryInstrumentation.class)
public final class JedisInstrumentation extends LibraryInstrumentation {
  private static final String JEDIS = "redis.clients.jedis.";

  public JedisInstrumentation() {
    super("jedis");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(
            Captured.SPANS, Captured.ERRORS, Captured.VALUES, Captured.CACHE, Captured.SILENCE)
        .library(
            "Jedis",
            "redis.clients:jedis:3.0.0",
            "redis.clients:jedis:4.0.0",
            "redis.clients:jedis:5.2.0",
            "redis.clients:jedis:7.0.0",
            "redis.clients:jedis:8.0.2")
        .limit("A pipeline over many nodes is one span.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(JEDIS + "Connection")
        .needs("sendCommand", "readProtocolWithCheckingBroken")
        .stateHolder()
        .weave("connect", "()V", Connect.class)
        .weave("sendCommand", "(Lredis/clients/jedis/commands/ProtocolCommand;[[B)V", Send3.class)
        .weave("sendCommand", "(Lredis/clients/jedis/CommandArguments;)V", Send.class)
        .weave("readProtocolWithCheckingBroken", "()Ljava/lang/Object;", Read.class)
        .weave("getMany", "(I)Ljava/util/List;", ReadMany.class)
        .around("initializeFromClientConfig", null, Quiet.class);
    cluster(weaver);
    pools(weaver);
  }

  /** A command that a node refuses goes to another: all that is one call. */
  private static void cluster(Weaver weaver) {
    weaver
        .in(JEDIS + "JedisClusterCommand")
        .around("run", null, Attempts.class)
        .around("runBinary", null, Attempts.class)
        .around("runWithAnyNode", null, Attempts.class);
    weaver
        .in(JEDIS + "executors.ClusterCommandExecutor")
        .around("executeCommand", null, Attempts.class)
        .around("executeKeylessCommand", null, Attempts.class)
        .around("executeCommandToReplica", null, Attempts.class)
        .around("broadcastCommand", null, Attempts.class)
        .around("executeMultiShardCommand", null, Attempts.class);
    weaver
        .in(JEDIS + "executors.RetryableCommandExecutor")
        .around("executeCommand", null, Attempts.class);
    weaver
        .in(JEDIS + "JedisClusterInfoCache")
        .around("discoverClusterNodesAndSlots", null, Quiet.class)
        .around("renewClusterSlots", null, Quiet.class);
    nodes(weaver.in(JEDIS + "JedisClusterConnectionHandler"));
    nodes(weaver.in(JEDIS + "JedisSlotBasedConnectionHandler"));
    nodes(weaver.in(JEDIS + "providers.ClusterConnectionProvider"));
    nodes(weaver.in(JEDIS + "providers.ShardedConnectionProvider"))
        .weave("initialize", null, Cluster.class);
    nodes(weaver.in(JEDIS + "providers.SentineledConnectionProvider"))
        .weave("initSentinels", null, Watched.class);
    weaver
        .in(JEDIS + "JedisSentinelPool")
        .weave("initSentinels", null, Watched.class)
        .around("getResource", null, Node.class);
    weaver.in(JEDIS + "MultiNodePipelineBase").around("sync", "()V", Sync.class);
  }

  /** A cluster, shards, or a master and its replicas are one to the application. */
  private static Weaver.Target nodes(Weaver.Target client) {
    return client
        .weave("initializeSlotsCache", null, Cluster.class)
        .around("getConnection", null, Node.class)
        .around("getConnectionFromNode", null, Node.class)
        .around("getConnectionFromSlot", null, Node.class)
        .around("getReplicaConnection", null, Node.class)
        .around("getReplicaConnectionFromSlot", null, Node.class);
  }

  /** Validation, and what is left to clean up when a connection comes back. */
  private static void pools(Weaver weaver) {
    for (String factory : new String[] {"JedisFactory", "ConnectionFactory"}) {
      weaver
          .in(JEDIS + factory)
          .around("makeObject", null, Quiet.class)
          .around("activateObject", null, Quiet.class)
          .around("validateObject", null, Quiet.class)
          .around("destroyObject", null, Quiet.class);
    }
    weaver.in(JEDIS + "BinaryClient").around("resetState", "()V", Quiet.class);
    weaver.in(JEDIS + "mcf.PingStrategy").around("doHealthCheck", null, Quiet.class);
  }

  static final class Connect {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JedisHooks.class, event = "connecting") int connecting,
        @Advice.This Object connection,
        @Advice.FieldValue("socket") Socket socket) {
      Tracing.hook(connecting, connection, socket);
    }
  }

  /** Jedis 3; in newer ones this calls the method of {@link Send}. */
  static final class Send3 {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JedisHooks.class, event = "sending") int sending,
        @Advice.This Object connection,
        @Advice.Argument(0) ProtocolCommand command,
        @Advice.Argument(1) byte[][] arguments) {
      Tracing.hook(sending, connection, command.getRaw(), arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "sent") int sent,
        @Advice.This Object connection,
        @Advice.Thrown Throwable error) {
      Tracing.hook(sent, connection, error);
    }
  }

  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JedisHooks.class, event = "sending") int sending,
        @Advice.This Object connection,
        @Advice.Argument(0) CommandArguments arguments) {
      Tracing.hook(sending, connection, arguments.getCommand().getRaw(), arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "sent") int sent,
        @Advice.This Object connection,
        @Advice.Thrown Throwable error) {
      Tracing.hook(sent, connection, error);
    }
  }

  static final class Read {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JedisHooks.class, event = "waiting") int waiting,
        @Advice.This Object connection,
        @Advice.FieldValue("socket") Socket socket) {
      return (Call) Tracing.hook(waiting, connection, socket);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "replied") int replied,
        @Advice.Enter Call call,
        @Advice.This Object connection,
        @Advice.Return Object reply,
        @Advice.Thrown Throwable error) {
      Tracing.hook(replied, call, connection, reply, error);
      Tracing.end(call, error);
    }
  }

  /** Flushes the buffer, then reads one reply after the other; error replies become values. */
  static final class ReadMany {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JedisHooks.class, event = "waiting") int waiting,
        @Advice.This Object connection,
        @Advice.FieldValue("socket") Socket socket,
        @Advice.Argument(0) int count) {
      return (Call) Tracing.hook(waiting, connection, socket, count);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "replied") int replied,
        @Advice.Enter Call call,
        @Advice.This Object connection,
        @Advice.Return List<?> replies,
        @Advice.Thrown Throwable error) {
      Tracing.hook(replied, call, connection, replies, error);
      Tracing.end(call, error);
    }
  }

  static final class Attempts {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(@HookNumber(in = JedisHooks.class, event = "attempts") int attempts) {
      return (Call) Tracing.hook(attempts, null);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "attempted") int attempted,
        @Advice.Enter Call call,
        @Advice.Thrown Throwable error) {
      Tracing.hook(attempted, call, error);
      Tracing.end(call, error);
    }
  }

  static final class Cluster {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JedisHooks.class, event = "cluster") int cluster,
        @Advice.This Object client,
        @Advice.Argument(0) Iterable<?> seeds) {
      Tracing.hook(cluster, client, seeds);
    }
  }

  static final class Watched {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = JedisHooks.class, event = "watched") int watched,
        @Advice.This Object client,
        @Advice.Argument(0) Iterable<?> sentinels) {
      Tracing.hook(watched, client, sentinels);
    }
  }

  /** Finding the node is the driver's own affair. */
  static final class Node {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "node") int node,
        @Advice.This Object client,
        @Advice.Enter Call call,
        @Advice.Return Object connection,
        @Advice.Thrown Throwable error) {
      Tracing.end(call, error);
      Tracing.hook(node, connection, client);
    }
  }

  /** Flushes to all nodes and reads all replies, in newer ones each node's on a thread. */
  static final class Sync {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter(
        @HookNumber(in = JedisHooks.class, event = "pipeline") int pipeline,
        @Advice.FieldValue("pipelinedResponses") Map<?, ?> responses,
        @Advice.FieldValue("connections") Map<?, ?> connections) {
      return (Call) Tracing.hook(pipeline, responses, connections);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = JedisHooks.class, event = "pipelined") int pipelined,
        @Advice.Enter Call call,
        @Advice.FieldValue("connections") Map<?, ?> connections,
        @Advice.Thrown Throwable error) {
      Tracing.hook(pipelined, call, connections, error);
      Tracing.end(call, error);
    }
  }

  static final class Quiet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }
  }
}
