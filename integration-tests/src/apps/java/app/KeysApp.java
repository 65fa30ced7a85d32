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
  private static Jedis jedis;

  private KeysApp() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    jedis = new Jedis("localhost", port);
    for (int i = 0; i < 20; i++) {
      jedis.set("user:" + i, "name" + i);
      jedis.hset("cart:" + i, "item", "item" + i);
      jedis.hset("prices", "user:" + i, "price" + i);
      jedis.zadd("board", i, "user:" + i);
    }
    StatefulRedisConnection<String, String> connection =
        RedisClient.create("redis://localhost:" + port).connect();
    new Web(1)
        .on("/barrier", query -> barrier())
        .on("/jedis", query -> jedis())
        .on("/jedis_write", query -> jedisWrite())
        .on("/jedis_hash", query -> jedisHash())
        .on("/jedis_fields", query -> jedisFields())
        .on("/jedis_delete", query -> jedisDelete())
        .on("/jedis_members", query -> jedisMembers())
        .on("/jedis_scores", query -> jedisScores())
        .on("/jedis_same", query -> jedisSame())
        .on("/lettuce", query -> lettuce(connection.sync()))
        .on("/lettuce_write", query -> lettuceWrite(connection.sync()))
        .on("/lettuce_hash", query -> lettuceHash(connection))
        .on("/lettuce_fields", query -> lettuceFields(connection.sync()))
        .on("/lettuce_put", query -> lettucePut(connection.sync()))
        .start();
  }

  private static List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(name + ":" + i);
    }
    return keys;
  }

  private static String barrier() {
    int found = 0;
    for (int i = 0; i < 12; i++) {
      found += jedis.exists("user:" + i) ? 1 : 0;
    }
    return "" + found;
  }

  private static String jedis() {
    List<String> names = new ArrayList<>();
    List<String> keys = keys("user");
    // sin: jedis
    keys.forEach(key -> names.add(jedis.get(key)));
    // mend: jedis by many
    // names.addAll({code});
    // done
    return "" + names;
  }

  private static String jedisWrite() {
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

  private static String jedisHash() {
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

  private static String jedisFields() {
    List<String> prices = new ArrayList<>();
    String key = "prices";
    List<String> fields = keys("user");
    // sin: jedis_fields
    fields.forEach(field -> prices.add(jedis.hget(key, field)));
    // mend: jedis_fields by many
    // prices.addAll({code});
    // done
    return "" + prices;
  }

  private static String jedisDelete() {
    List<String> keys = keys("old");
    jedis.mset("old:0", "1", "old:19", "1");
    // sin: jedis_delete
    keys.forEach(jedis::del);
    // mend: jedis_delete by many
    // {code};
    // done
    return "" + jedis.exists("old:0", "old:19");
  }

  private static String jedisMembers() {
    String key = "visitors";
    List<String> members = keys("user");
    // sin: jedis_members
    members.forEach(member -> jedis.sadd(key, member));
    // mend: jedis_members by many
    // {code};
    // done
    return "" + jedis.scard(key);
  }

  private static String jedisScores() {
    List<Double> scores = new ArrayList<>();
    String key = "board";
    List<String> members = keys("user");
    // sin: jedis_scores
    members.forEach(member -> scores.add(jedis.zscore(key, member)));
    // mend: jedis_scores by many
    // scores.addAll({code});
    // done
    return "" + scores;
  }

  private static String jedisSame() {
    List<String> names = new ArrayList<>();
    // sin: jedis_same
    // mend: jedis_same by map
    // Map<String, String> known = new TreeMap<>();
    // done
    for (int i = 0; i < 20; i++) {
      String key = "user:" + i % 2;
      // sin: jedis_same
      names.add(read(key));
      // mend: jedis_same by map
      // names.add({code});
      // done
    }
    return "" + names;
  }

  private static String read(String key) {
    return jedis.get(key);
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
    // for (String key : answers.keySet()) {
    //   items.put(key, "" + answers.get(key).get());
    // }
    // done
    return "" + items;
  }

  private static String lettuceFields(RedisCommands<String, String> commands) {
    List<String> prices = new ArrayList<>();
    String key = "prices";
    List<String> fields = keys("user");
    // sin: lettuce_fields
    fields.forEach(field -> prices.add(commands.hget(key, field)));
    // mend: lettuce_fields by many
    // {code}.forEach(one -> prices.add(one.getValue()));
    // done
    return "" + prices;
  }

  private static String lettucePut(RedisCommands<String, String> commands) {
    String key = "seen";
    // sin: lettuce_put
    keys("user").forEach(field -> commands.hset(key, field, "1"));
    // mend: lettuce_put by many
    // Map<String, String> map = new LinkedHashMap<>();
    // keys("user").forEach(field -> map.put(field, "1"));
    // {code};
    // done
    return "" + commands.hlen(key);
  }
}
