package dev.atalaya.agent.library.jedis;

import dev.atalaya.agent.library.redis.RedisCommand;
import dev.atalaya.agent.library.redis.RedisLink;
import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.library.redis.RedisPeer;
import dev.atalaya.agent.library.redis.RedisTemplates;
import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.trace.Datasource;
import dev.atalaya.agent.trace.Span;
import dev.atalaya.agent.trace.States;
import dev.atalaya.agent.trace.Template;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of one {@code Connection}, which one thread at a time uses. */
final class JedisLink extends RedisLink {
  /** The database that a command on its way asks for, or below 0. */
  int selecting = -1;

  /** The pipeline over many connections that is reading this one's replies. */
  @Nullable Span pipeline;

  /** The command whose reply is the next to be read; null where that reply is no call's. */
  @Nullable RedisCommand sent;

  /** The first key of {@link #sent}. */
  byte @Nullable [] key;

  /** A hash of {@link #key}. */
  int keyValue;

  /** A hash of what {@link #sent} was given. */
  int values;

  /** When {@link #sent} was, or the wait for a transaction's queued replies began. */
  long since;

  /** The command whose reply is being read. */
  @Nullable RedisCommand answered;

  /** The wait in progress; inside it, replies are read one by one. */
  @Nullable Span open;

  /** True within the sending of a command: one method does it by another. */
  boolean sending;

  private @Nullable RedisCommand lastCommand;
  private @Nullable String lastPattern;
  private @Nullable Template lastTemplate;

  static JedisLink of(@Nullable Object connection) {
    Object known = States.get(connection);
    if (known instanceof JedisLink) return (JedisLink) known;
    JedisLink link = new JedisLink();
    States.put(connection, link);
    return link;
  }

  @Override
  public boolean takes(RedisCommand command) {
    if (command.role == RedisCommand.Role.MULTI) since = 0;
    return super.takes(command);
  }

  /** Where its socket leads to; of a null one, where the last did. */
  Datasource datasource(RedisTemplates templates, @Nullable Object socket) {
    Datasource known = datasource;
    if (known != null && (peer == socket || socket == null)) return known;
    String address = null;
    if (socket instanceof Socket && ((Socket) socket).getInetAddress() != null) {
      Socket open = (Socket) socket;
      // The host as the client was told, without asking a name server for it.
      InetSocketAddress to = new InetSocketAddress(open.getInetAddress(), open.getPort());
      address = to.getHostString() + ":" + to.getPort();
    }
    peer = socket;
    RedisNodes of = nodes;
    if (of != null && of.address != null) {
      address = of.address;
      node = RedisPeer.of(socket);
    }
    return datasource = templates.server(address, database);
  }

  /** The template of a command; often the one of the command before. */
  Template template(
      RedisTemplates templates, Datasource of, RedisCommand command, @Nullable String pattern) {
    Template last = lastTemplate;
    if (last != null
        && last.datasource == of
        && lastCommand == command
        && Objects.equals(lastPattern, pattern)) {
      return last;
    }
    lastCommand = command;
    lastPattern = pattern;
    return lastTemplate = templates.of(of, command, pattern);
  }

  /** The key that repeats of the operation are counted by: of all nodes of a cluster the same. */
  long key(Template template) {
    RedisNodes of = nodes;
    String text = template.text;
    if (of == null || text == null) return template.key;
    return Hash.of64(text) * 31 + of.key + database;
  }
}
