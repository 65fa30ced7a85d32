package app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;

// import io.lettuce.core.ScoredValue;
// import java.util.LinkedHashMap;
// import java.util.Map;
// import java.util.Set;
// import redis.clients.jedis.Pipeline;
// import redis.clients.jedis.Response;

/**
 * Many members of one key by Jedis and Lettuce, and the commands on many keys that KeysApp has not;
 * with places for what mends it; argument: the port.
 */
public final class MembersApp {
  private static Jedis jedis;
  private static RedisCommands<String, String> commands;

  private MembersApp() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    jedis = new Jedis("localhost", port);
    commands = RedisClient.create("redis://localhost:" + port).connect().sync();
    for (String member : members()) {
      jedis.hset("cart:7", member, "item of " + member);
      jedis.zadd("board:7", 1.5, member);
      jedis.sadd("tags of " + member, "tag of " + member, "another");
    }
    jedis.sadd("known:7", "user:3", "user:5");
    new Web(1)
        .on("/barrier", query -> barrier())
        .on("/jedis_cart", query -> jedisCart())
        .on("/jedis_unlink", query -> jedisUnlink())
        .on("/jedis_lpush", query -> jedisLpush())
        .on("/jedis_rpush", query -> jedisRpush())
        .on("/jedis_member_of", query -> jedisMemberOf())
        .on("/jedis_hset", query -> jedisHset())
        .on("/jedis_zadd", query -> jedisZadd())
        .on("/jedis_sets", query -> jedisSets())
        .on("/jedis_expiring", query -> jedisExpiring())
        .on("/lettuce_cart", query -> lettuceCart())
        .on("/lettuce_del", query -> lettuceDel())
        .on("/lettuce_unlink", query -> lettuceUnlink())
        .on("/lettuce_sadd", query -> lettuceSadd())
        .on("/lettuce_lpush", query -> lettuceLpush())
        .on("/lettuce_rpush", query -> lettuceRpush())
        .on("/lettuce_member_of", query -> lettuceMemberOf())
        .on("/lettuce_scores", query -> lettuceScores())
        .on("/lettuce_zadd", query -> lettuceZadd())
        .start();
  }

  private static List<String> members() {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      members.add("user:" + i);
    }
    return members;
  }

  private static String barrier() {
    int found = 0;
    for (String member : members()) {
      found += jedis.exists(member) ? 1 : 0;
    }
    return "" + found;
  }

  /** Its key has a number, and is the same each time. */
  private static String jedisCart() {
    List<String> items = new ArrayList<>();
    String key = "cart:7";
    List<String> fields = members();
    // sin: jedis_cart
    fields.forEach(field -> items.add(jedis.hget(key, field)));
    // mend: jedis_cart by many
    // items.addAll({code});
    // done
    return "" + items;
  }

  private static String jedisUnlink() {
    List<String> keys = members();
    jedis.mset("user:0", "1", "user:19", "1");
    // sin: jedis_unlink
    keys.forEach(jedis::unlink);
    // mend: jedis_unlink by many
    // {code};
    // done
    return "" + jedis.exists("user:0", "user:19");
  }

  private static String jedisLpush() {
    String key = "log:7";
    List<String> members = members();
    jedis.del(key);
    // sin: jedis_lpush
    members.forEach(member -> jedis.lpush(key, member));
    // mend: jedis_lpush by many
    // {code};
    // done
    return "" + jedis.lrange(key, 0, -1);
  }

  private static String jedisRpush() {
    String key = "log:8";
    List<String> members = members();
    jedis.del(key);
    // sin: jedis_rpush
    members.forEach(member -> jedis.rpush(key, member));
    // mend: jedis_rpush by many
    // {code};
    // done
    return "" + jedis.lrange(key, 0, -1);
  }

  private static String jedisMemberOf() {
    List<Boolean> known = new ArrayList<>();
    String key = "known:7";
    List<String> members = members();
    // sin: jedis_member_of
    members.forEach(member -> known.add(jedis.sismember(key, member)));
    // mend: jedis_member_of by many
    // known.addAll({code});
    // done
    return "" + known;
  }

  private static String jedisHset() {
    String key = "totals:7";
    // sin: jedis_hset
    members().forEach(field -> jedis.hset(key, field, "1"));
    // mend: jedis_hset by many
    // Map<String, String> map = new LinkedHashMap<>();
    // members().forEach(field -> map.put(field, "1"));
    // {code};
    // done
    return "" + jedis.hlen(key);
  }

  private static String jedisZadd() {
    String key = "ranks:7";
    // sin: jedis_zadd
    members().forEach(member -> jedis.zadd(key, member.length(), member));
    // mend: jedis_zadd by many
    // Map<String, Double> scores = new LinkedHashMap<>();
    // members().forEach(member -> scores.put(member, (double) member.length()));
    // {code};
    // done
    return "" + jedis.zrange(key, 0, -1);
  }

  private static String jedisSets() {
    List<String> tags = new ArrayList<>();
    // sin: jedis_sets
    for (String member : members()) {
      tags.add("" + new TreeSet<>(jedis.smembers("tags of " + member)));
    }
    // mend: jedis_sets by begin
    // {code}
    // List<Response<Set<String>>> answers = new ArrayList<>();
    // for (String member : members()) {
    //   answers.add(pipeline.smembers("tags of " + member));
    // }
    // done
    // sin: jedis_sets
    // mend: jedis_sets by end
    // {code}
    // answers.forEach(answer -> tags.add("" + new TreeSet<>(answer.get())));
    // done
    return "" + tags;
  }

  private static String jedisExpiring() {
    // sin: jedis_expiring
    members().forEach(member -> jedis.setex("seen " + member, 60, "1"));
    // mend: jedis_expiring by begin
    // {code}
    // members().forEach(member -> pipeline.setex("seen " + member, 60, "1"));
    // done
    // sin: jedis_expiring
    // mend: jedis_expiring by end
    // {code}
    // done
    return "" + (jedis.ttl("seen user:19") > 50);
  }

  private static String lettuceCart() {
    List<String> items = new ArrayList<>();
    String key = "cart:7";
    List<String> fields = members();
    // sin: lettuce_cart
    fields.forEach(field -> items.add(commands.hget(key, field)));
    // mend: lettuce_cart by many
    // {code}.forEach(one -> items.add(one.getValue()));
    // done
    return "" + items;
  }

  private static String lettuceDel() {
    List<String> keys = members();
    commands.set("user:19", "1");
    // sin: lettuce_del
    keys.forEach(commands::del);
    // mend: lettuce_del by many
    // {code};
    // done
    return "" + commands.exists("user:19");
  }

  private static String lettuceUnlink() {
    List<String> keys = members();
    commands.set("user:19", "1");
    // sin: lettuce_unlink
    keys.forEach(commands::unlink);
    // mend: lettuce_unlink by many
    // {code};
    // done
    return "" + commands.exists("user:19");
  }

  private static String lettuceSadd() {
    String key = "visitors:7";
    List<String> members = members();
    // sin: lettuce_sadd
    members.forEach(member -> commands.sadd(key, member));
    // mend: lettuce_sadd by many
    // {code};
    // done
    return "" + commands.scard(key);
  }

  private static String lettuceLpush() {
    String key = "log:9";
    List<String> members = members();
    commands.del(key);
    // sin: lettuce_lpush
    members.forEach(member -> commands.lpush(key, member));
    // mend: lettuce_lpush by many
    // {code};
    // done
    return "" + commands.lrange(key, 0, -1);
  }

  private static String lettuceRpush() {
    String key = "log:10";
    List<String> members = members();
    commands.del(key);
    // sin: lettuce_rpush
    members.forEach(member -> commands.rpush(key, member));
    // mend: lettuce_rpush by many
    // {code};
    // done
    return "" + commands.lrange(key, 0, -1);
  }

  private static String lettuceMemberOf() {
    List<Boolean> known = new ArrayList<>();
    String key = "known:7";
    List<String> members = members();
    // sin: lettuce_member_of
    members.forEach(member -> known.add(commands.sismember(key, member)));
    // mend: lettuce_member_of by many
    // known.addAll({code});
    // done
    return "" + known;
  }

  private static String lettuceScores() {
    List<Double> scores = new ArrayList<>();
    String key = "board:7";
    List<String> members = members();
    // sin: lettuce_scores
    members.forEach(member -> scores.add(commands.zscore(key, member)));
    // mend: lettuce_scores by many
    // scores.addAll({code});
    // done
    return "" + scores;
  }

  private static String lettuceZadd() {
    String key = "ranks:8";
    // sin: lettuce_zadd
    members().forEach(member -> commands.zadd(key, member.length(), member));
    // mend: lettuce_zadd by many
    // List<ScoredValue<String>> scoredMembers = new ArrayList<>();
    // members().forEach(one -> scoredMembers.add(ScoredValue.just(one.length(), one)));
    // {code};
    // done
    return "" + commands.zrange(key, 0, -1);
  }
}
