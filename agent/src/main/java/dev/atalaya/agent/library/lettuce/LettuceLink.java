package dev.atalaya.agent.library.lettuce;

import dev.atalaya.agent.library.redis.RedisLink;
import dev.atalaya.agent.library.redis.RedisNodes;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.States;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection, or of the endpoint that its commands are written to. Threads share
 * it: only transactions and buffers make state here, and those are never shared.
 */
final class LettuceLink extends RedisLink {
  private static final Getter CONNECTION_STATE = new Getter("getConnectionState");
  private static final Getter WRITER = new Getter("getChannelWriter");

  /** Commands that wait for a flush. */
  @Nullable Batch batch;

  boolean buffering;

  private boolean placed;

  /** What holds the connection's database; this link itself where nothing does. */
  private @Nullable Object state;

  static LettuceLink of(@Nullable Object connection) {
    Object known = States.get(connection);
    if (known instanceof LettuceLink) return (LettuceLink) known;
    LettuceLink link = new LettuceLink();
    States.put(connection, link);
    return link;
  }

  /** A cluster's connection writes through an object that knows the cluster. */
  void place(@Nullable Object connection) {
    if (placed) return;
    placed = true;
    RedisNodes known = RedisNodes.of(WRITER.of(connection));
    if (known != null) nodes = known;
  }

  /** Lettuce 6 and newer keep the number in an object of the connection's. */
  int database(@Nullable Object connection) {
    if (state == null) {
      Object found = CONNECTION_STATE.of(connection);
      state = found == null ? this : found;
    }
    Object number = state == this ? null : States.get(state);
    return number instanceof Integer ? (Integer) number : database;
  }
}
