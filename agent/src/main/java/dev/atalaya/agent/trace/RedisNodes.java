package dev.atalaya.agent.trace;

import dev.atalaya.agent.privacy.Hash;
import dev.atalaya.agent.reflect.Getter;
import org.jspecify.annotations.Nullable;

/**
 * Redis servers that a client takes for one: a cluster, shards, or a master with its replicas.
 *
 * <p>Which of them a command goes to is the client's affair: repeats are counted over all. A
 * cluster has the address of the first of its seeds, in the order of the alphabet, on all its
 * spans; the node itself is the peer.
 */
final class RedisNodes {
  private static final Getter HOST = new Getter("getHost");
  private static final Getter PORT = new Getter("getPort");

  /** Null where it is that of the server that answers, as of a master. */
  final @Nullable String address;

  final long key;

  private RedisNodes(@Nullable String address, long key) {
    this.address = address;
    this.key = key;
  }

  static @Nullable RedisNodes cluster(Iterable<?> seeds) {
    String first = first(seeds);
    return first == null ? null : new RedisNodes(first, Hash.of64(first));
  }

  static @Nullable RedisNodes watched(Iterable<?> sentinels) {
    String first = first(sentinels);
    return first == null ? null : new RedisNodes(null, Hash.of64(first));
  }

  private static @Nullable String first(Iterable<?> seeds) {
    String first = null;
    for (Object seed : seeds) {
      Object host = HOST.of(seed);
      Object port = PORT.of(seed);
      String address = host == null || port == null ? String.valueOf(seed) : host + ":" + port;
      if (first == null || address.compareTo(first) < 0) first = address;
    }
    return first;
  }
}
