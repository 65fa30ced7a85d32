package dev.atalaya.agent.library.jedis;

import dev.atalaya.agent.library.redis.ErrorReply;
import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.library.redis.RedisHits;
import dev.atalaya.agent.library.redis.RedisTemplates;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.privacy.KeyPattern;
import dev.atalaya.agent.trace.ClientCalls;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Failure;
import dev.atalaya.agent.trace.Open;
import dev.atalaya.agent.trace.OperationFamily;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.Template;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The thread that sends a command waits for its reply: what was sent on a connection is kept with
 * it, and the span is that of the wait, begun when the command was sent.
 *
 * <p>Nothing is open between the two: a client that sends and never reads leaves nothing behind. A
 * reply for which nothing is known (a queued command's, a subscription's) is no span.
 */
final class JedisReplies {
  /** What stands for a command that goes from node to node until one takes it. */
  private static final String ATTEMPTS = "redis";

  private final ClientCalls calls;
  private final RedisTemplates templates;

  JedisReplies(ClientCalls calls, RedisTemplates templates) {
    this.calls = calls;
    this.templates = templates;
  }

  /** The connection opens its socket, unless that is open already. */
  void connecting(@Nullable Object connection, @Nullable Object socket) {
    if (socket instanceof Socket && !((Socket) socket).isClosed()) return;
    JedisLink link = JedisLink.of(connection);
    link.select(0);
    link.multi = false;
  }

  /** A command goes into the connection's buffer. */
  void sending(@Nullable Object connection, byte[] name, @Nullable Object arguments) {
    JedisLink link = JedisLink.of(connection);
    if (link.sending) return;
    link.sending = true;
    link.answered = null;
    link.open = null;
    RedisCommand command = RedisCommand.of(name);
    if (command.role == RedisCommand.Role.SELECT) link.selecting = JedisArguments.number(arguments);
    if (!link.takes(command)) {
      link.sent = null;
      return;
    }
    link.sent = command;
    link.key = command.keyIndex() < 0 ? null : JedisArguments.get(arguments, command.keyIndex());
    link.keyValue = Hash.of((Object) link.key);
    link.values = JedisArguments.hash(command, link.keyValue, arguments);
    if (command.role != RedisCommand.Role.EXEC || link.since == 0) link.since = System.nanoTime();
  }

  /** It is in the buffer, or {@code error} says why not. */
  void sent(@Nullable Object connection, @Nullable Throwable error) {
    JedisLink link = JedisLink.of(connection);
    link.sending = false;
    // Not earlier: the first command of all opens the connection on its way.
    link.select(link.selecting);
    link.selecting = -1;
    if (error != null) replied(waiting(connection, null, 1), connection, null, error);
  }

  /** Begins the span of so many replies; null where they belong to no call. */
  @Nullable Span waiting(@Nullable Object connection, @Nullable Object socket, int replies) {
    JedisLink link = JedisLink.of(connection);
    RedisCommand command = link.sent;
    link.sent = null;
    link.sending = false;
    if (link.pipeline != null) return null;
    if (link.multi) {
      // The replies "QUEUED" come first: the transaction has begun to wait.
      if (link.since == 0 && link.queued > 0) link.since = System.nanoTime();
      return null;
    }
    if (replies > 1) command = RedisCommand.PIPELINE;
    if (command == null) return null;
    Open thread = Open.get();
    Span attempts = thread.call();
    if (thread.isQuiet() || (attempts != null && !isAttempts(attempts))) return null;
    int size = replies;
    String pattern = null;
    if (command.role == RedisCommand.Role.EXEC) {
      command = RedisCommand.MULTI;
      size = link.queued;
    } else if (replies == 1 && link.key != null) {
      pattern = KeyPattern.of(link.key);
    }
    Template template =
        link.template(templates, link.datasource(templates, socket), command, pattern);
    link.answered = command;
    Span span = attempts;
    if (attempts != null) attempts.describe(template);
    else span = calls.begin(thread, template, replies > 1 ? System.nanoTime() : link.since);
    if (span != null) {
      if (size > 1) span.batchSize(size);
      int values = size > 1 ? Hash.of(span.id()) : link.values;
      if (span.statistics() == null) {
        calls.count(thread, span, link.key(template), link.keyValue, values, command.isMultiRead());
      }
      if (link.node != null) link.node.describe(span);
    }
    if (attempts != null) return null;
    link.open = span;
    return span;
  }

  /** Ends what {@link #waiting} began, also where it returned null. */
  void replied(
      @Nullable Span call,
      @Nullable Object connection,
      @Nullable Object reply,
      @Nullable Throwable error) {
    JedisLink link = JedisLink.of(connection);
    RedisCommand command = link.answered;
    if (link.pipeline != null) failed(link.pipeline, reply);
    if (command == null || link.open != call) return;
    link.answered = null;
    link.open = null;
    link.key = null;
    Datasource datasource = link.datasource;
    boolean lookup = command.isLookup();
    if ((lookup || command.isMultiRead()) && error == null && datasource != null) {
      int found =
          lookup ? RedisHits.count(calls, datasource, reply) : RedisHits.members(command, reply);
      // What goes from node to node has begun before, and its end is not here.
      Span counted = call == null ? Open.get().call() : call;
      if (counted != null && (counted == call || isAttempts(counted))) counted.rows(found);
    }
    if (call == null) return;
    if (command.batch) failed(call, reply);
    ended(call, error);
  }

  /** Begins a command that may be refused by one node and sent to the next. */
  @Nullable Span attempts() {
    return calls.begin(Open.get(), ATTEMPTS);
  }

  void ended(@Nullable Span call, @Nullable Throwable error) {
    if (call == null) return;
    if (error != null) call.failed(ErrorReply.thrown(error));
    call.end(null);
  }

  /**
   * Whether the call is one of {@link #attempts}, which each attempt describes anew: no other call
   * to Redis is open while a command is sent.
   */
  private static boolean isAttempts(Span call) {
    Template template = call.template();
    return template == null
        ? call.http() == null && call.name().equals(ATTEMPTS)
        : template.datasource.family == OperationFamily.KEY_VALUE;
  }

  /** Of replies read together, error replies are values. */
  private static void failed(Span call, @Nullable Object replies) {
    if (!(replies instanceof List)) return;
    List<?> all = (List<?>) replies;
    for (int i = 0; i < all.size(); i++) {
      Object reply = all.get(i);
      if (!(reply instanceof Throwable)) continue;
      Throwable error = (Throwable) reply;
      call.failed(Failure.answered(error.getClass().getName(), error.getMessage(), null));
      return;
    }
  }
}
