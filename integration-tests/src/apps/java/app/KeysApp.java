package app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;

// import io.lettuce.core.KeyValue;
// import io.lettuce.core.RedisFuture;
// import java.util.LinkedHashMap;
// import redis.clients.jedis.Pipeline;
// import redis.clients.jedis.Response;

/** A command a key by Jedis and Lettuce, with places for what mends it; argument: the port. */
public final class KeysApp {
  private KeysApp() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    Jedis jedis = new Jedis("localhost", port);
    for (int i = 0; i < 20; i++) {
      jedis.set("user:" + i, "name" + i);
      jedis.hset("cart:" + i, "item", "item" + i);
    }
    StatefulRedisConnection<String, String> connection =
        RedisClient.create("redis://localhost:" + port).connect();
    new Web(1)
        .on("/barrier", query -> barrier(jedis))
        .on("/jedis", query -> jedis(jedis))
        .on("/jedis_write", query -> jedisWrite(jedis))
        .on("/jedis_hash", query -> jedisHash(jedis))
        .on("/lettuce", query -> lettuce(connection.sync()))
        .on("/lettuce_write", query -> lettuceWrite(connection.sync()))
        .on("/lettuce_hash", query -> lettuceHash(connection))
        .start();
  }

  private static List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(name + ":" + i);
    }
    return keys;
  }

  private static String barrier(Jedis jedis) {
    int found = 0;
    for (int i = 0; i < 12; i++) {
      found += jedis.exists("user:" + i) ? 1 : 0;
    }
    return "" + found;
  }

  private static String jedis(Jedis jedis) {
    List<String> names = new ArrayList<>();
    List<String> keys = keys("user");
    // sin: jedis
    keys.forEach(key -> names.add(jedis.get(key)));
    // mend: jedis by many
    // names.addAll({code});
    // done
    return "" + names;
  }

  private static String jedisWrite(Jedis jedis) {
    // sin: jedis_write
    keys("seen").forEach(key -> jedis.set(key, "1"));
    // mend: jedis_write by many
    // String[] keysAndValues =
    //     keys("seen").stream()
    //         .flatMap(key -> java.util.stream.Stream.of(key, "1"))
    //         .toArray(String[]::new);
    // {code};
    // done
    return "written";
  }

  private static String jedisHash(Jedis jedis) {
    List<String> items = new ArrayList<>();
    // sin: jedis_hash
    for (String key : keys("cart")) {
      items.add("" + jedis.hgetAll(key));
    }
    // mend: jedis_hash by begin
    // {code}
    // List<Response<Map<String, String>>> answers = new ArrayList<>();
    // for (String key : keys("cart")) {
    //   answers.add(pipeline.hgetAll(key));
    // }
    // done
    // sin: jedis_hash
    // mend: jedis_hash by end
    // {code}
    // answers.forEach(answer -> items.add("" + answer.get()));
    // done
    return "" + items;
  }

  private static String lettuce(RedisCommands<String, String> commands) {
    List<String> names = new ArrayList<>();
    List<String> keys = keys("user");
    // sin: lettuce
    keys.forEach(key -> names.add(commands.get(key)));
    // mend: lettuce by many
    // for (KeyValue<String, String> one : {code}) {
    //   names.add(one.getValue());
    // }
    // done
    return "" + names;
  }

  private static String lettuceWrite(RedisCommands<String, String> commands) {
    // sin: lettuce_write
    keys("seen").forEach(key -> commands.set(key, "1"));
    // mend: lettuce_write by many
    // Map<String, String> map = new LinkedHashMap<>();
    // keys("seen").forEach(key -> map.put(key, "1"));
    // {code};
    // done
    return "written";
  }

  private static String lettuceHash(StatefulRedisConnection<String, String> connection)
      throws Exception {
    Map<String, String> items = new TreeMap<>();
    // sin: lettuce_hash
    for (String key : keys("cart")) {
      items.put(key, "" + connection.sync().hgetall(key));
    }
    // mend: lettuce_hash by begin
    // Map<String, RedisFuture<Map<String, String>>> answers = new LinkedHashMap<>();
    // {code}
    // for (String key : keys("cart")) {
    //   answers.put(key, connection.async().hgetall(key));
    // }
    // done
    // sin: lettuce_hash
    // mend: lettuce_hash by end
    // {code}
    // connection.setAutoFlushCommands(true);
    // for (String key : answers.keySet()) {
    //   items.put(key, "" + answers.get(key).get());
    // }
    // done
    return "" + items;
  }
}
