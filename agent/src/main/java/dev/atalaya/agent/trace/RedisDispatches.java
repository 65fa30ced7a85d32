package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.privacy.RedisKey;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.bridge.Call;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Redis clients that are told when the reply is there (Lettuce): the span is kept with the command,
 * from its dispatch to its completion, on whatever threads.
 *
 * <p>Which server it goes to is known when it is written to a connection; in a cluster that may
 * happen again, after a redirection, and the last one stands. A command without a state is one that
 * is not recorded.
 */
final class RedisDispatches {
  private static final Getter DELEGATE = new Getter("getDelegate");
  private static final Getter TYPE = new Getter("getType");
  private static final Getter BYTES = new Getter("getBytes");
  private static final Getter ARGUMENTS = new Getter("getArgs");
  private static final Getter KEY = new Getter("getFirstEncodedKey");
  private static final Getter TEXT = new Getter("toCommandString");
  private static final Getter FIRST_INTEGER = new Getter("getFirstInteger");
  private static final Getter CONNECTION_STATE = new Getter("getConnectionState");
  private static final Getter WRITER = new Getter("getChannelWriter");
  private static final Getter ERROR = new Getter("getError");
  private static final Getter VALUE = new Getter("get");

  private final Recorder recorder;
  private final Templates templates;
  private final Meters meters;
  private final OperationCounter counter;

  RedisDispatches(Recorder recorder, Templates templates, Meters meters, OperationCounter counter) {
    this.recorder = recorder;
    this.templates = templates;
    this.meters = meters;
    this.counter = counter;
  }

  /** {@code state} holds the database of connections; it now is {@code number}. */
  void database(Object state, int number) {
    States.put(state, number);
  }

  void dispatch(Object connection, Object command, byte[] name, @Nullable Object arguments) {
    RedisLink link = RedisLink.of(connection);
    RedisSent sent = sent(link, connection, RedisCommand.of(name), arguments);
    if (sent == null || States.get(command) != null) return;
    int size = sent.command == RedisCommand.MULTI ? link.queued : 1;
    RedisBatch batch = link.batch;
    if (batch != null && link.buffering) {
      batch.add(sent);
      States.put(command, batch);
      return;
    }
    Span span = begin(sent, size);
    if (span != null) States.put(command, span);
  }

  /** Several commands that go out together. */
  void dispatch(Object connection, Collection<?> commands) {
    RedisLink link = RedisLink.of(connection);
    RedisBatch batch = link.buffering && link.batch != null ? link.batch : new RedisBatch();
    for (Object command : commands) {
      Object name = BYTES.of(TYPE.of(command));
      if (!(name instanceof byte[])) continue;
      RedisCommand sent = RedisCommand.of((byte[]) name);
      RedisSent taken = sent(link, connection, sent, ARGUMENTS.of(command));
      Object innermost = innermost(command);
      if (taken == null || States.get(innermost) != null) continue;
      batch.add(taken);
      States.put(innermost, batch);
    }
    if (batch != link.batch) flush(batch);
  }

  /** Commands wait for a flush from now on, or no more. */
  void buffering(Object connection, boolean on) {
    RedisLink link = RedisLink.of(connection);
    link.buffering = on;
    if (on && link.batch == null) link.batch = new RedisBatch();
  }

  void flush(Object connection) {
    RedisLink link = RedisLink.of(connection);
    RedisBatch batch = link.batch;
    if (batch == null) return;
    link.batch = link.buffering ? new RedisBatch() : null;
    flush(batch);
  }

  private void flush(RedisBatch batch) {
    RedisSent first = batch.first;
    int size = batch.size();
    if (first == null || size == 0) return;
    RedisSent all =
        size == 1
            ? first
            : new RedisSent(RedisCommand.PIPELINE, null, first.database, 0, first.nodes);
    Span span = begin(all, size);
    if (span == null) return;
    SocketAddress peer = batch.peer;
    if (peer != null) span.subject = template(all, datasource(all.database, peer, all.nodes));
    batch.span = span;
  }

  private @Nullable Span begin(RedisSent sent, int size) {
    Open open = Open.get();
    Span span = recorder.begin(open, sent);
    if (span == null) return null;
    if (size > 1) span.batchSize(size);
    // Which node it goes to is not known yet: of all of them it is one operation.
    long key = Hash.of64(sent.command.text(sent.pattern)) * 31 + sent.database;
    int values = size > 1 ? Hash.of(span.id()) : sent.values;
    counter.redis(open, span, key, values, sent.command.isMultiRead());
    span.detach();
    return span;
  }

  /** Null for what is no call of its own, or not to be recorded. */
  private static @Nullable RedisSent sent(
      RedisLink link, Object connection, RedisCommand command, @Nullable Object arguments) {
    if (command.role == RedisCommand.Role.SELECT) {
      Object number = FIRST_INTEGER.of(arguments);
      if (number instanceof Long) link.select(((Long) number).intValue());
    }
    if (!link.takes(command)) return null;
    Open open = Open.get();
    if (open.call != null || open.quiet > 0) return null;
    if (!link.placed) place(link, connection);
    if (command.role == RedisCommand.Role.EXEC) {
      return new RedisSent(RedisCommand.MULTI, null, database(link, connection), 0, link.nodes);
    }
    byte[] key = key(arguments);
    String pattern = key == null ? null : RedisKey.pattern(key);
    int values = Hash.of((Object) key);
    if (command.effect() == SqlText.Kind.READ && !command.isByKeyAlone()) {
      values = Hash.and(values, Hash.of(TEXT.of(arguments)));
    }
    return new RedisSent(command, pattern, database(link, connection), values, link.nodes);
  }

  /** A cluster's connection writes through an object that knows the cluster. */
  private static void place(RedisLink link, Object connection) {
    link.placed = true;
    Object nodes = States.get(WRITER.of(connection));
    if (nodes instanceof RedisNodes) link.nodes = (RedisNodes) nodes;
  }

  /** What that writer writes to is what the client was told of. */
  void belongs(Object writer, Object client) {
    Object nodes = States.get(client);
    if (nodes instanceof RedisNodes) States.put(writer, nodes);
  }

  /** Lettuce 6 and newer keep the number in an object of the connection's. */
  private static int database(RedisLink link, Object connection) {
    if (link.peer == null) {
      Object state = CONNECTION_STATE.of(connection);
      link.peer = state == null ? link : state;
    }
    Object number = link.peer == link ? null : States.get(link.peer);
    return number instanceof Integer ? (Integer) number : link.database;
  }

  private static byte @Nullable [] key(@Nullable Object arguments) {
    Object key = KEY.of(arguments);
    if (!(key instanceof ByteBuffer)) return null;
    ByteBuffer buffer = (ByteBuffer) key;
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** The command, or all of a collection, goes to the connection of {@code endpoint}. */
  void written(Object endpoint, @Nullable SocketAddress peer, Object command) {
    if (command instanceof Collection) {
      for (Object one : (Collection<?>) command) written(endpoint, peer, innermost(one));
      return;
    }
    Object state = States.get(command);
    if (state == null || peer == null) return;
    if (state instanceof Span) {
      located((Span) state, endpoint, peer);
    } else if (state instanceof RedisBatch) {
      RedisBatch batch = (RedisBatch) state;
      batch.peer = peer;
      if (batch.span != null) located(batch.span, endpoint, peer);
    }
  }

  private void located(Span span, Object endpoint, SocketAddress peer) {
    RedisLink link = RedisLink.of(endpoint);
    Object subject = span.subject;
    if (subject instanceof RedisSent) {
      RedisSent sent = (RedisSent) subject;
      span.subject = template(sent, datasource(link, peer, sent.database));
    } else if (subject instanceof Template) {
      Template template = (Template) subject;
      Datasource before = template.datasource;
      int database = before.namespace == null ? -1 : Integer.parseInt(before.namespace);
      Datasource now = datasource(link, peer, database);
      if (now != before) span.subject = templates.redisAt(now, template);
    }
    if (link.node != null) link.node.describe(span);
  }

  /** The endpoint remembers the datasource of its channel. */
  private Datasource datasource(RedisLink link, SocketAddress peer, int database) {
    Datasource known = link.datasource;
    if (known != null && link.peer == peer && link.database == database) return known;
    link.peer = peer;
    link.database = database;
    link.node = link.inCluster() ? RedisPeer.of(peer) : null;
    return link.datasource = datasource(database, peer, link.nodes);
  }

  private Datasource datasource(
      int database, @Nullable SocketAddress peer, @Nullable RedisNodes nodes) {
    if (nodes != null && nodes.address != null) return templates.redis(nodes.address, database);
    if (!(peer instanceof InetSocketAddress)) return templates.redis(null, database);
    InetSocketAddress address = (InetSocketAddress) peer;
    return templates.redis(address.getHostString() + ":" + address.getPort(), database);
  }

  private Template template(RedisSent sent, Datasource datasource) {
    return templates.redis(datasource, sent.command, sent.pattern);
  }

  /** The command has its answer in {@code output}, or failed. */
  void completed(Object command, @Nullable Object output, @Nullable Throwable error) {
    Object state = States.get(command);
    if (state == null || (output == null && error == null)) return;
    States.remove(command);
    Object refused = ERROR.of(output);
    if (state instanceof Span) {
      Span span = (Span) state;
      Template template = resolved(span);
      if (refused != null) refused(span, refused.toString());
      else if (error == null && RedisCommand.isLookup(template.operation)) {
        span.rows = RedisHits.count(meters, template.datasource, VALUE.of(output));
      }
      span.end(error);
    } else if (state instanceof RedisBatch) {
      completed((RedisBatch) state, refused, error);
    }
  }

  private void completed(RedisBatch batch, @Nullable Object refused, @Nullable Throwable error) {
    Span span = batch.span;
    if (span != null && refused != null) refused(span, refused.toString());
    if (span != null && error != null) span.error(error.getClass().getName(), error.getMessage());
    if (!batch.answered() || span == null) return;
    resolved(span);
    span.end(null);
  }

  /** Nobody waits for the answer any more. */
  void cancelled(Object command) {
    Object state = States.get(command);
    if (state == null) return;
    Span span = state instanceof Span ? (Span) state : ((RedisBatch) state).span;
    States.remove(command);
    if (span != null) span.error("java.util.concurrent.CancellationException", null);
    if (state instanceof RedisBatch) {
      completed((RedisBatch) state, null, null);
    } else if (span != null) {
      resolved(span);
      span.end(null);
    }
  }

  /** What the driver sends for itself. */
  void own(Object command) {
    States.remove(command);
  }

  private Template resolved(Span span) {
    Object subject = span.subject;
    if (subject instanceof Template) return (Template) subject;
    RedisSent sent = (RedisSent) subject;
    Template template = template(sent, datasource(sent.database, null, sent.nodes));
    span.subject = template;
    return template;
  }

  /** Error replies begin with their kind: {@code WRONGTYPE Operation against a key ...}. */
  private static void refused(Call call, String reply) {
    int space = reply.indexOf(' ');
    String kind = space < 0 ? reply : reply.substring(0, space);
    boolean known = kind.length() <= 20 && kind.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    call.error(known && !kind.isEmpty() ? kind : "ERR", reply);
  }

  private static Object innermost(Object command) {
    Object inner = command;
    for (Object next; (next = DELEGATE.of(inner)) != null; ) inner = next;
    return inner;
  }
}
