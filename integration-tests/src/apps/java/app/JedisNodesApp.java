package app;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisSentinelPool;

/**
 * Loops over many nodes through Jedis 3 to 8; arguments: {@code cluster} or {@code watched}, and
 * the ports of the nodes or the sentinel.
 */
public final class JedisNodesApp {
  private final Object cluster;
  private final Method get;
  private final Set<HostAndPort> seeds;

  private JedisNodesApp(Set<HostAndPort> seeds) throws Exception {
    this.seeds = seeds;
    cluster = cluster(seeds);
    get = cluster.getClass().getMethod("get", String.class);
    Method set = cluster.getClass().getMethod("set", String.class, String.class);
    for (int i = 0; i < 20; i++) {
      set.invoke(cluster, "user:" + i + ":name", "CANARY" + i);
    }
  }

  public static void main(String[] args) throws Exception {
    Web web = new Web(4);
    if (args[0].equals("watched")) {
      String sentinel = "127.0.0.1:" + args[1];
      JedisSentinelPool pool = new JedisSentinelPool("shop", Collections.singleton(sentinel));
      try (Jedis jedis = pool.getResource()) {
        for (int i = 0; i < 20; i++) {
          jedis.set("user:" + i + ":name", "CANARY" + i);
        }
      }
      web.on("/failover", query -> failover(pool, Integer.parseInt(args[1])));
    } else {
      Set<HostAndPort> seeds = new HashSet<>();
      for (String port : args[1].split(",")) {
        seeds.add(new HostAndPort("127.0.0.1", Integer.parseInt(port)));
      }
      JedisNodesApp app = new JedisNodesApp(seeds);
      web.on("/reads", query -> app.reads()).on("/pipeline", query -> app.pipeline());
    }
    web.start();
  }

  private String reads() throws Exception {
    int found = 0;
    for (int i = 0; i < 20; i++) {
      found += name(i) == null ? 0 : 1;
    }
    return found + " names";
  }

  private Object name(int id) throws Exception {
    return get.invoke(cluster, "user:" + id + ":name"); // <- get
  }

  /** None in Jedis 3. */
  private String pipeline() throws Exception {
    Object pipeline = pipelined();
    if (pipeline == null) {
      return "none";
    }
    Method append = pipeline.getClass().getMethod("get", String.class);
    List<Object> responses = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      responses.add(append.invoke(pipeline, "user:" + i + ":name"));
    }
    pipeline.getClass().getMethod("sync").invoke(pipeline);
    int found = 0;
    for (Object response : responses) {
      found += response.getClass().getMethod("get").invoke(response) == null ? 0 : 1;
    }
    pipeline.getClass().getMethod("close").invoke(pipeline);
    return found + " names";
  }

  private Object pipelined() throws Exception {
    try {
      return cluster.getClass().getMethod("pipelined").invoke(cluster);
    } catch (NoSuchMethodException older) {
      try {
        Class<?> config = Class.forName("redis.clients.jedis.DefaultJedisClientConfig");
        Object builder = config.getMethod("builder").invoke(null);
        return Class.forName("redis.clients.jedis.ClusterPipeline")
            .getConstructor(Set.class, Class.forName("redis.clients.jedis.JedisClientConfig"))
            .newInstance(seeds, builder.getClass().getMethod("build").invoke(builder));
      } catch (ClassNotFoundException oldest) {
        return null;
      }
    }
  }

  private static Object cluster(Set<HostAndPort> seeds) throws Exception {
    try {
      return Class.forName("redis.clients.jedis.JedisCluster")
          .getConstructor(Set.class)
          .newInstance(seeds);
    } catch (ClassNotFoundException newest) {
      return Class.forName("redis.clients.jedis.RedisClusterClient")
          .getMethod("create", Set.class)
          .invoke(null, seeds);
    }
  }

  /** Twenty names, of which ten come from a master and ten from the one after it. */
  private static String failover(JedisSentinelPool pool, int sentinel) throws Exception {
    int found = 0;
    String before = "" + pool.getCurrentHostMaster();
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        Sentinel.failover(sentinel);
        for (int n = 0; n < 600 && before.equals("" + pool.getCurrentHostMaster()); n++) {
          Thread.sleep(50);
        }
      }
      try (Jedis jedis = pool.getResource()) {
        found += jedis.get("user:" + i + ":name") == null ? 0 : 1; // <- watched
      }
    }
    return found + " names";
  }
}
