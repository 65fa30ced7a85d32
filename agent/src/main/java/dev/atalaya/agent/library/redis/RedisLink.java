package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.trace.Datasource;
import org.jspecify.annotations.Nullable;

/** What is known of one connection to a Redis server, and what transaction it is in. */
public abstract class RedisLink {
  /** The connection's database, below 0 where it was opened unseen. */
  public int database = -1;

  /** The socket or address that {@link #datasource} was made of. */
  public @Nullable Object peer;

  public @Nullable Datasource datasource;

  /** The nodes that its server is one of; null for a server by itself. */
  public @Nullable RedisNodes nodes;

  /** The node that {@link #peer} is; null unless it is one of a cluster's. */
  public @Nullable RedisPeer node;

  /** Between MULTI and EXEC; commands only queue there. */
  public boolean multi;

  /** Commands since MULTI. */
  public int queued;

  /** Follows MULTI and EXEC; false for a command that is no call of its own. */
  public boolean takes(RedisCommand command) {
    switch (command.role) {
      case MULTI:
        multi = true;
        queued = 0;
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

  public void belongs(RedisNodes to) {
    if (nodes == to) return;
    nodes = to;
    datasource = null;
  }

  public boolean inCluster() {
    RedisNodes known = nodes;
    return known != null && known.address != null;
  }

  public void select(int number) {
    if (number < 0 || number == database) return;
    database = number;
    datasource = null;
  }
}
