package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.privacy.RedisKey;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.bridge.Call;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Redis clients whose thread waits for the reply (Jedis): what was sent on a connection is kept
 * with it, and the span is that of the wait, begun when the command was sent.
 *
 * <p>Nothing is open between the two: a client that sends and never reads leaves nothing behind. A
 * reply for which nothing is known (a queued command's, a subscription's) is no span.
 */
final class RedisReplies {
  /** What stands for a command that goes from node to node until one takes it. */
  static final String ATTEMPTS = "redis";

  private static final int MOST_HASHED = 16;

  /** Jedis's connection is within. */
  private static final Getter CLIENT = new Getter("getClient");

  private static final Getter RAW = new Getter("getRaw");

  private final Recorder recorder;
  private final Templates templates;
  private final Meters meters;
  private final OperationCounter counter;

  RedisReplies(Recorder recorder, Templates templates, Meters meters, OperationCounter counter) {
    this.recorder = recorder;
    this.templates = templates;
    this.meters = meters;
    this.counter = counter;
  }

  void connecting(Object connection, @Nullable Object socket) {
    if (socket instanceof Socket && !((Socket) socket).isClosed()) return;
    RedisLink link = RedisLink.of(connection);
    link.select(0);
    link.multi = false;
  }

  /** The connection leads to one of the servers that the client was told of. */
  void belongs(@Nullable Object connection, Object client) {
    Object nodes = States.get(client);
    if (connection == null || !(nodes instanceof RedisNodes)) return;
    Object inner = CLIENT.of(connection);
    RedisLink.of(inner == null ? connection : inner).belongs((RedisNodes) nodes);
  }

  /** Begins one pipeline over many connections, whose replies are read on whatever threads. */
  @Nullable Span pipeline(Map<?, ?> responses, Map<?, ?> connections) {
    int size = 0;
    for (Object of : responses.values()) size += ((Collection<?>) of).size();
    Open open = Open.get();
    if (size < 2 || connections.isEmpty() || open.call != null || open.quiet > 0) return null;
    RedisLink first = RedisLink.of(connections.values().iterator().next());
    if (first.nodes == null) return null;
    Template template = templates.redis(datasource(first, null), RedisCommand.PIPELINE, null);
    Span span = recorder.begin(open, template);
    if (span == null) return null;
    span.batchSize(size);
    counter.redis(open, span, first.key(template), Hash.of(span.id()), false);
    for (Object connection : connections.values()) RedisLink.of(connection).pipeline = span;
    return span;
  }

  void pipelined(@Nullable Call call, Map<?, ?> connections, @Nullable Throwable error) {
    if (call == null) return;
    for (Object connection : connections.values()) RedisLink.of(connection).pipeline = null;
    call.end(error);
  }

  void sending(Object connection, byte[] name, @Nullable Object arguments) {
    RedisLink link = RedisLink.of(connection);
    if (link.sending) return;
    link.sending = true;
    link.answered = null;
    link.open = null;
    RedisCommand command = RedisCommand.of(name);
    if (command.role == RedisCommand.Role.SELECT) {
      link.selecting = number(argument(arguments, 0));
    }
    if (!link.takes(command)) {
      link.sent = null;
      return;
    }
    link.sent = command;
    link.key = command.keyIndex() < 0 ? null : argument(arguments, command.keyIndex());
    link.values = values(command, link.key, arguments);
    if (command.role != RedisCommand.Role.EXEC || link.since == 0) link.since = System.nanoTime();
  }

  void sent(Object connection, @Nullable Throwable error) {
    RedisLink link = RedisLink.of(connection);
    link.sending = false;
    // Not earlier: the first command of all opens the connection on its way.
    link.select(link.selecting);
    link.selecting = -1;
    if (error != null) replied(waiting(connection, null, 1), connection, null, error);
  }

  /** Begins the span of a reply, or of that many. */
  @Nullable Span waiting(Object connection, @Nullable Object socket, int replies) {
    RedisLink link = RedisLink.of(connection);
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
    Open open = Open.get();
    Span attempts = open.call;
    if (open.quiet > 0 || (attempts != null && !isAttempts(attempts))) return null;
    int size = replies;
    String pattern = null;
    if (command.role == RedisCommand.Role.EXEC) {
      command = RedisCommand.MULTI;
      size = link.queued;
    } else if (replies == 1 && link.key != null) {
      pattern = RedisKey.pattern(link.key);
    }
    Template template = link.template(templates, datasource(link, socket), command, pattern);
    link.answered = command;
    Span span = attempts;
    if (attempts != null) attempts.subject = template;
    else span = recorder.begin(open, template, replies > 1 ? System.nanoTime() : link.since);
    if (span != null) {
      if (size > 1) span.batchSize(size);
      int values = size > 1 ? Hash.of(span.id()) : link.values;
      if (span.statistics == null) {
        counter.redis(open, span, link.key(template), values, command.isMultiRead());
      }
      if (link.node != null) link.node.describe(span);
    }
    if (attempts != null) return null;
    link.open = span;
    return span;
  }

  void replied(
      @Nullable Call call, Object connection, @Nullable Object reply, @Nullable Throwable error) {
    RedisLink link = RedisLink.of(connection);
    RedisCommand command = link.answered;
    if (link.pipeline != null && reply instanceof List) failed(link.pipeline, (List<?>) reply);
    if (command == null || link.open != call) return;
    link.answered = null;
    link.open = null;
    link.key = null;
    Datasource datasource = link.datasource;
    if (command.role == RedisCommand.Role.LOOKUP && error == null && datasource != null) {
      int found = RedisHits.count(meters, datasource, reply);
      // What goes from node to node has begun before, and its end is not here.
      Span counted = call instanceof Span ? (Span) call : Open.get().call;
      if (counted != null && (counted == call || isAttempts(counted))) counted.rows = found;
    }
    if (call == null) return;
    if ((command == RedisCommand.PIPELINE || command == RedisCommand.MULTI)
        && reply instanceof List) {
      failed(call, (List<?>) reply);
    }
    call.end(error);
  }

  /** Begins a command that may be refused by one node and sent to the next. */
  @Nullable Span attempts() {
    return recorder.begin(Open.get(), ATTEMPTS);
  }

  /**
   * Whether the call is one that its attempts describe, the last one for good: no other call of
   * Redis is open while another is sent.
   */
  private static boolean isAttempts(Span call) {
    Template template = call.template();
    return call.subject == ATTEMPTS
        || (template != null && template.datasource.family == OperationFamily.KEY_VALUE);
  }

  /** A pipeline's error replies come as values. */
  private static void failed(Call call, List<?> replies) {
    for (int i = 0; i < replies.size(); i++) {
      Object reply = replies.get(i);
      if (!(reply instanceof Throwable)) continue;
      Throwable error = (Throwable) reply;
      call.error(error.getClass().getName(), error.getMessage());
      return;
    }
  }

  private Datasource datasource(RedisLink link, @Nullable Object socket) {
    Datasource known = link.datasource;
    if (known != null && (link.peer == socket || socket == null)) return known;
    String address = null;
    if (socket instanceof Socket && ((Socket) socket).getInetAddress() != null) {
      Socket open = (Socket) socket;
      // The host as the client was told, without asking a name server for it.
      InetSocketAddress peer = new InetSocketAddress(open.getInetAddress(), open.getPort());
      address = peer.getHostString() + ":" + peer.getPort();
    }
    link.peer = socket;
    RedisNodes nodes = link.nodes;
    if (nodes != null && nodes.address != null) {
      address = nodes.address;
      link.node = RedisPeer.of(socket);
    }
    return link.datasource = templates.redis(address, link.database);
  }

  /** A hash of what the command was given: of a read all of it, of others the key. */
  private static int values(
      RedisCommand command, byte @Nullable [] key, @Nullable Object arguments) {
    int hash = Hash.of((Object) key);
    if (command.effect() != SqlText.Kind.READ || command.isByKeyAlone()) return hash;
    for (int i = 1; i < MOST_HASHED; i++) {
      byte[] more = argument(arguments, command.keyIndex() + i);
      if (more == null) return hash;
      hash = Hash.and(hash, Hash.of((Object) more));
    }
    return argument(arguments, command.keyIndex() + MOST_HASHED) == null ? hash : Hash.UNKNOWN;
  }

  /** One of {@code byte[][]}, or of an Iterable whose first element is the command itself. */
  private static byte @Nullable [] argument(@Nullable Object arguments, int index) {
    if (arguments instanceof byte[][]) {
      byte[][] all = (byte[][]) arguments;
      return index < all.length ? all[index] : null;
    }
    if (!(arguments instanceof Iterable)) return null;
    Iterator<?> all = ((Iterable<?>) arguments).iterator();
    for (int i = 0; i <= index && all.hasNext(); i++) all.next();
    Object raw = all.hasNext() ? RAW.of(all.next()) : null;
    return raw instanceof byte[] ? (byte[]) raw : null;
  }

  private static int number(byte @Nullable [] digits) {
    if (digits == null || digits.length == 0 || digits.length > 6) return -1;
    int number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') return -1;
      number = number * 10 + digit - '0';
    }
    return number;
  }
}
