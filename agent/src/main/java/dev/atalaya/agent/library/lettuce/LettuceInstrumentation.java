package dev.atalaya.agent.library.lettuce;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.HookNumber;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Call;
import dev.atalaya.bridge.Tracing;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.CommandWrapper;
import io.lettuce.core.protocol.RedisCommand;
import io.netty.channel.Channel;
import java.util.Collection;
import net.bytebuddy.asm.Advice;

/**
 * Redis commands sent through Lettuce 5 to 7, synchronous, asynchronous or reactive: from a
 * connection's dispatch to the completion of the command.
 *
 * <p>Commands come in wrappers, for futures, subscriptions, clusters; the innermost is the one that
 * all of them complete, before they tell anybody. Handshakes go past {@code dispatch}, or are
 * commands that are never recorded.
 */
@AutoService(LibraryInstrumentation.class)
public final class LettuceInstrumentation extends LibraryInstrumentation {
  private static final String CORE = "io.lettuce.core.";
  private static final String COMMAND = "Lio/lettuce/core/protocol/RedisCommand;";
  private static final String COMMANDS = "Ljava/util/Collection;";

  public LettuceInstrumentation() {
    super("lettuce");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(
            Captured.SPANS,
            Captured.ERRORS,
            Captured.VALUES,
            Captured.CACHE,
            Captured.CONTEXT,
            Captured.SILENCE)
        .library(
            "Lettuce",
            "io.lettuce:lettuce-core:5.0.0.RELEASE",
            "io.lettuce:lettuce-core:7.7.0.RELEASE")
        .limit("A command over many slots of a cluster, as mget, is a span for each slot.");
  }

  @Override
  public void weave(Weaver weaver) {
    weaver
        .in(CORE + "RedisChannelHandler")
        .needs("dispatch")
        .stateHolder()
        .weave("dispatch", "(" + COMMAND + ")" + COMMAND, Dispatch.class)
        .weave("dispatch", "(" + COMMANDS + ")" + COMMANDS, DispatchAll.class)
        .weave("setAutoFlushCommands", "(Z)V", SetAutoFlush.class)
        .weave("flushCommands", "()V", Flush.class);
    weaver
        .in(CORE + "protocol.DefaultEndpoint")
        .stateHolder()
        .weave("write", "(" + COMMAND + ")" + COMMAND, Write.class)
        .weave("write", "(" + COMMANDS + ")" + COMMANDS, WriteAll.class);
    weaver
        .in(CORE + "protocol.Command")
        .needs("complete", "completeExceptionally")
        .stateHolder()
        .weave("complete", "()V", Complete.class)
        .weave("completeExceptionally", "(Ljava/lang/Throwable;)Z", Fail.class)
        .weave("cancel", "()V", Cancel.class);
    weaver.in(CORE + "protocol.AsyncCommand").weave("completeResult", "()V", CompleteFuture.class);
    weaver.in(CORE + "ConnectionState").stateHolder().weave("setDb", "(I)V", SetDatabase.class);
    for (String kind : new String[] {"", "PubSub"}) {
      weaver
          .in(CORE + "cluster.StatefulRedisCluster" + kind + "ConnectionImpl")
          .around("activated", "()V", Quiet.class)
          .around("inspectRedisState", "()V", Quiet.class); // before 5.1
    }
    weaver
        .in(CORE + "cluster.RedisClusterClient")
        .weave(
            "<init>",
            "(Lio/lettuce/core/resource/ClientResources;Ljava/lang/Iterable;)V",
            Cluster.class);
    weaver.in(CORE + "cluster.PooledClusterConnectionProvider").weave("<init>", null, Writer.class);
    weaver.in(CORE + "cluster.ClusterNodeEndpoint").weave("<init>", null, Node.class);
    for (String room : new String[] {"cluster.topology", "masterreplica", "masterslave"}) {
      weaver
          .in(CORE + room + ".TimedAsyncCommand")
          .weave("encode", "(Lio/netty/buffer/ByteBuf;)V", AskTopology.class);
    }
  }

  static final class Dispatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "dispatch") int dispatch,
        @Advice.This Object connection,
        @Advice.Argument(0) RedisCommand<?, ?, ?> command) {
      Tracing.hook(
          dispatch,
          connection,
          CommandWrapper.unwrap(command),
          command.getType().getBytes(),
          command.getArgs());
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @HookNumber(in = LettuceHooks.class, event = "completed") int completed,
        @Advice.Argument(0) RedisCommand<?, ?, ?> command,
        @Advice.Thrown Throwable error) {
      Tracing.hook(completed, CommandWrapper.unwrap(command), null, error);
    }
  }

  static final class DispatchAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "dispatchAll") int dispatchAll,
        @Advice.This Object connection,
        @Advice.Argument(0) Collection<?> commands) {
      Tracing.hook(dispatchAll, connection, commands);
    }
  }

  static final class SetAutoFlush {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "buffering") int buffering,
        @Advice.This Object connection,
        @Advice.Argument(0) boolean on) {
      Tracing.hook(buffering, connection, !on);
    }
  }

  static final class Flush {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "flush") int flush,
        @Advice.This Object connection) {
      Tracing.hook(flush, connection);
    }
  }

  /** Here the server is known; after a redirection a command comes here again. */
  static final class Write {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "written") int written,
        @Advice.This Object endpoint,
        @Advice.FieldValue("channel") Channel channel,
        @Advice.Argument(0) RedisCommand<?, ?, ?> command) {
      Tracing.hook(
          written,
          endpoint,
          channel == null ? null : channel.remoteAddress(),
          CommandWrapper.unwrap(command));
    }
  }

  static final class WriteAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "written") int written,
        @Advice.This Object endpoint,
        @Advice.FieldValue("channel") Channel channel,
        @Advice.Argument(0) Collection<?> commands) {
      Tracing.hook(written, endpoint, channel == null ? null : channel.remoteAddress(), commands);
    }
  }

  static final class Complete {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "completed") int completed,
        @Advice.This Object command,
        @Advice.FieldValue("output") Object output) {
      Tracing.hook(completed, command, output, null);
    }
  }

  /** A future wakes its waiters first, and completes its command after. */
  static final class CompleteFuture {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "completed") int completed,
        @Advice.This AsyncCommand<?, ?, ?> future) {
      Tracing.hook(completed, CommandWrapper.unwrap(future), future.getOutput(), null);
    }
  }

  static final class Fail {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "completed") int completed,
        @Advice.This Object command,
        @Advice.Argument(0) Throwable error) {
      Tracing.hook(completed, command, null, error);
    }
  }

  static final class Cancel {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "cancelled") int cancelled,
        @Advice.This Object command) {
      Tracing.hook(cancelled, command);
    }
  }

  static final class SetDatabase {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "database") int database,
        @Advice.This Object state,
        @Advice.Argument(0) int number) {
      Tracing.hook(database, state, number);
    }
  }

  /** The driver looks for the servers of a cluster, or for replicas. */
  static final class AskTopology {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @HookNumber(in = LettuceHooks.class, event = "own") int own,
        @Advice.This AsyncCommand<?, ?, ?> command) {
      Tracing.hook(own, CommandWrapper.unwrap(command));
    }
  }

  static final class Cluster {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = LettuceHooks.class, event = "cluster") int cluster,
        @Advice.This Object client,
        @Advice.Argument(1) Iterable<?> seeds) {
      Tracing.hook(cluster, client, seeds);
    }
  }

  /** A cluster's commands are written through a writer that finds the node. */
  static final class Writer {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = LettuceHooks.class, event = "writes") int writes,
        @Advice.Argument(0) Object client,
        @Advice.Argument(1) Object writer) {
      Tracing.hook(writes, writer, client);
    }
  }

  static final class Node {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @HookNumber(in = LettuceHooks.class, event = "node") int node,
        @Advice.This Object endpoint,
        @Advice.Argument(2) Object writer) {
      Tracing.hook(node, endpoint, writer);
    }
  }

  static final class Quiet {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static Call enter() {
      return Tracing.quiet();
    }
  }
}
