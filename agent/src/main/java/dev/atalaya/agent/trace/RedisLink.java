package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the agent knows of one connection to a Redis server.
 *
 * <p>A client that waits for each reply uses a connection from one thread at a time. One that does
 * not may share it; then only transactions and buffers make state here, and those are never shared.
 */
final class RedisLink {
  /** The connection's database, below 0 where it was opened unseen. */
  int database = -1;

  /** The database that a command on its way asks for, or below 0. */
  int selecting = -1;

  /** The socket or address that {@link #datasource} was made of. */
  @Nullable Object peer;

  @Nullable Datasource datasource;

  /** What its server is one of; null for a server by itself. */
  @Nullable RedisNodes nodes;

  /** Whether {@link #nodes} was asked for. */
  boolean placed;

  /** The node that {@link #peer} is; null unless it is one of a cluster's. */
  @Nullable RedisPeer node;

  /** The pipeline over many connections that is reading this one's replies. */
  @Nullable Span pipeline;

  /** The command whose reply is the next to be read; null where that reply is no call's. */
  @Nullable RedisCommand sent;

  /** The first key of {@link #sent}. */
  byte @Nullable [] key;

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

  /** Between MULTI and EXEC; commands only queue there. */
  boolean multi;

  /** Commands since MULTI. */
  int queued;

  private @Nullable RedisCommand lastCommand;
  private @Nullable String lastPattern;
  private @Nullable Template lastTemplate;

  /** Commands that wait for a flush. */
  @Nullable RedisBatch batch;

  boolean buffering;

  static RedisLink of(Object connection) {
    Object known = States.get(connection);
    if (known instanceof RedisLink) return (RedisLink) known;
    RedisLink link = new RedisLink();
    States.put(connection, link);
    return link;
  }

  /** Follows MULTI and EXEC; false for a command that is no call of its own. */
  boolean takes(RedisCommand command) {
    switch (command.role) {
      case MULTI:
        multi = true;
        queued = 0;
        since = 0;
        return false;
      case EXEC:
      case DISCARD:
        multi = false;
        return true;
      case SELECT:
      case SILENT:
        return false;
      default:
        if (multi) queued++;
        return !multi;
    }
  }

  void belongs(RedisNodes to) {
    if (nodes == to) return;
    nodes = to;
    datasource = null;
  }

  boolean inCluster() {
    RedisNodes known = nodes;
    return known != null && known.address != null;
  }

  /** The key that repeats of the operation are counted by. */
  long key(Template template) {
    RedisNodes known = nodes;
    String text = template.text;
    if (known == null || text == null) return template.key;
    return Hash.of64(text) * 31 + known.key + database;
  }

  void select(int number) {
    if (number < 0 || number == database) return;
    database = number;
    datasource = null;
  }

  /** What is looked up is often what was last; for connections of one thread at a time. */
  Template template(
      Templates templates, Datasource datasource, RedisCommand command, @Nullable String pattern) {
    Template last = lastTemplate;
    if (last != null
        && last.datasource == datasource
        && lastCommand == command
        && Objects.equals(lastPattern, pattern)) {
      return last;
    }
    lastCommand = command;
    lastPattern = pattern;
    return lastTemplate = templates.redis(datasource, command, pattern);
  }
}
