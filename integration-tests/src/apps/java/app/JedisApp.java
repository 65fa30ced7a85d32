package app;

import java.lang.reflect.Constructor;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.commands.JedisCommands;

/** Redis through Jedis 3 to 8; arguments: the port, and a cluster node's port. */
public final class JedisApp {
  private JedisApp() {}

  public static void main(String[] args) throws Exception {
    final int port = Integer.parseInt(args[0]);
    final JedisPool pool = new JedisPool("localhost", port);
    final JedisCommands client = client(port);
    final Object cluster = cluster(Integer.parseInt(args[1]));
    try (Jedis jedis = pool.getResource()) {
      jedis.set("user:1:name", "CANARY-value");
    }
    new Web(4)
        .on(
            "/redis",
            scenario -> {
              if (scenario.equals("unified")) {
                return client == null ? "none" : client.get("user:1:name");
              }
              if (scenario.equals("cluster")) {
                Class<?> type = cluster.getClass();
                type.getMethod("set", String.class, String.class)
                    .invoke(cluster, "user:7:name", "CANARY-value");
                return "" + type.getMethod("get", String.class).invoke(cluster, "user:7:name");
              }
              try (Jedis jedis = pool.getResource()) {
                return run(jedis, scenario);
              }
            })
        .start();
  }

  private static String run(Jedis jedis, String scenario) throws Exception {
    switch (scenario) {
      case "nothing":
        return "nothing";
      case "hit":
        return jedis.get("user:1:name");
      case "miss":
        return jedis.get("user:999:name");
      case "set":
        return jedis.set("user:2:name", "CANARY-other");
      case "mget":
        return "" + jedis.mget("user:1:name", "user:999:name").size();
      case "pipeline":
        Pipeline pipeline = jedis.pipelined();
        for (int i = 0; i < 3; i++) {
          pipeline.get("user:" + i + ":name");
        }
        List<Object> replies = pipeline.syncAndReturnAll();
        return "" + replies.size();
      case "multi":
        Transaction transaction = jedis.multi();
        transaction.set("user:3:name", "CANARY-third");
        transaction.get("user:3:name");
        return "" + transaction.exec().size();
      case "error":
        try {
          jedis.lpush("user:1:name", "CANARY-pushed");
          return "no error";
        } catch (RuntimeException e) {
          return "error";
        }
      default:
        throw new IllegalArgumentException(scenario);
    }
  }

  /** The client that pools for itself: none in 3, JedisPooled in 4 to 7, RedisClient from 7 on. */
  private static JedisCommands client(int port) throws Exception {
    try {
      return (JedisCommands)
          Class.forName("redis.clients.jedis.RedisClient")
              .getMethod("create", String.class, int.class)
              .invoke(null, "localhost", port);
    } catch (ClassNotFoundException older) {
      try {
        return (JedisCommands)
            Class.forName("redis.clients.jedis.JedisPooled")
                .getConstructor(String.class, int.class)
                .newInstance("localhost", port);
      } catch (ClassNotFoundException oldest) {
        return null;
      }
    }
  }

  private static Object cluster(int port) throws Exception {
    HostAndPort node = new HostAndPort("127.0.0.1", port);
    try {
      Constructor<?> constructor =
          Class.forName("redis.clients.jedis.JedisCluster").getConstructor(HostAndPort.class);
      return constructor.newInstance(node);
    } catch (ClassNotFoundException newest) {
      return Class.forName("redis.clients.jedis.RedisClusterClient")
          .getMethod("create", java.util.Set.class)
          .invoke(null, java.util.Collections.singleton(node));
    }
  }
}
