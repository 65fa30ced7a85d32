package dev.atalaya.agent.library.redis;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.reflect.Getter;
import dev.atalaya.agent.trace.States;
import org.jspecify.annotations.Nullable;

/**
 * Redis servers that a client takes for one: a cluster, shards, or a master with its replicas.
 *
 * <p>Which of them a command goes to is the client's affair: repeats are counted over all. A
 * cluster has the address of the first of its seeds, in the order of the alphabet, on all its
 * spans; the node itself is the peer.
 */
public final class RedisNodes {
  private static final Getter HOST = new Getter("getHost");
  private static final Getter PORT = new Getter("getPort");

  /** Null where spans have the address of the server that answers, as for a master. */
  public final @Nullable String address;

  public final long key;

  private RedisNodes(@Nullable String address, long key) {
    this.address = address;
    this.key = key;
  }

  /** {@code client} is one of a cluster, or of shards, and was told of {@code seeds}. */
  public static void cluster(@Nullable Object client, @Nullable Object seeds) {
    String first = first(seeds);
    if (first != null) States.put(client, new RedisNodes(first, Hash.of64(first)));
  }

  /** {@code client} is one of a master with its replicas, which these sentinels know. */
  public static void watched(@Nullable Object client, @Nullable Object sentinels) {
    String first = first(sentinels);
    if (first != null) States.put(client, new RedisNodes(null, Hash.of64(first)));
  }

  /** Those that {@code client} was told of, or that another client of them was made for. */
  public static @Nullable RedisNodes of(@Nullable Object client) {
    Object nodes = States.get(client);
    return nodes instanceof RedisNodes ? (RedisNodes) nodes : null;
  }

  private static @Nullable String first(@Nullable Object seeds) {
    if (!(seeds instanceof Iterable)) return null;
    String first = null;
    for (Object seed : (Iterable<?>) seeds) {
      Object host = HOST.of(seed);
      Object port = PORT.of(seed);
      String address = host == null || port == null ? String.valueOf(seed) : host + ":" + port;
      if (first == null || address.compareTo(first) < 0) first = address;
    }
    return first;
  }
}
