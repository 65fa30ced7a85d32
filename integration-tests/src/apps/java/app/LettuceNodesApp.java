package app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * Loops over many nodes through Lettuce; arguments: {@code cluster} or {@code watched}, and the
 * ports of the nodes or the sentinel.
 */
public final class LettuceNodesApp {
  private LettuceNodesApp() {}

  public static void main(String[] args) throws Exception {
    Web web = new Web(4);
    if (args[0].equals("watched")) {
      int port = Integer.parseInt(args[1]);
      RedisClient client =
          RedisClient.create(RedisURI.Builder.sentinel("127.0.0.1", port, "shop").build());
      StatefulRedisConnection<String, String> connection = client.connect();
      for (int i = 0; i < 20; i++) {
        connection.sync().set("user:" + i + ":name", "CANARY" + i);
      }
      web.on("/failover", query -> failover(connection, port));
    } else {
      List<RedisURI> seeds = new ArrayList<>();
      for (String port : args[1].split(",")) {
        seeds.add(RedisURI.create("127.0.0.1", Integer.parseInt(port)));
      }
      RedisClusterClient client = RedisClusterClient.create(seeds);
      StatefulRedisClusterConnection<String, String> connection = client.connect();
      for (int i = 0; i < 20; i++) {
        connection.sync().set("user:" + i + ":name", "CANARY" + i);
      }
      web.on("/reads", query -> reads(connection));
    }
    web.start();
  }

  private static String reads(StatefulRedisClusterConnection<String, String> connection) {
    int found = 0;
    for (int i = 0; i < 20; i++) {
      found += name(connection, i) == null ? 0 : 1;
    }
    return found + " names";
  }

  private static String name(StatefulRedisClusterConnection<String, String> connection, int id) {
    return connection.sync().get("user:" + id + ":name"); // <- get
  }

  private static String failover(StatefulRedisConnection<String, String> connection, int sentinel)
      throws Exception {
    int found = 0;
    for (int i = 0; i < 20; i++) {
      if (i == 10) {
        Sentinel.failover(sentinel);
      }
      found += connection.sync().get("user:" + i + ":name") == null ? 0 : 1; // <- watched
    }
    return found + " names";
  }
}
