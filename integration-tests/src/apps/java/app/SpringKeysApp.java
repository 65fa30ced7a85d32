package app;

import java.util.ArrayList;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

// import java.util.LinkedHashMap;
// import java.util.LinkedHashSet;
// import java.util.Map;
// import java.util.Set;
// import org.springframework.data.redis.connection.lettuce.LettuceConnection.PipeliningFlushPolicy;
// import org.springframework.data.redis.core.RedisOperations;
// import org.springframework.data.redis.core.SessionCallback;
// import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/** A command a key by Spring Data Redis, with places for what mends it; argument: the port. */
public final class SpringKeysApp {
  private final StringRedisTemplate redisTemplate;

  private SpringKeysApp(StringRedisTemplate redisTemplate) {
    this.redisTemplate = redisTemplate;
  }

  public static void main(String[] args) throws Exception {
    LettuceConnectionFactory connectionFactory =
        new LettuceConnectionFactory("localhost", Integer.parseInt(args[0]));
    // sin: hashes
    // mend: hashes by flush
    // {code}
    // done
    connectionFactory.afterPropertiesSet();
    connectionFactory.start();
    SpringKeysApp app = new SpringKeysApp(new StringRedisTemplate(connectionFactory));
    app.fill();
    new Web(1)
        .on("/barrier", query -> app.barrier())
        .on("/get", query -> app.get())
        .on("/set", query -> app.set())
        .on("/fields", query -> app.fields())
        .on("/put", query -> app.put())
        .on("/delete", query -> app.delete())
        .on("/members", query -> app.members())
        .on("/member_of", query -> app.memberOf())
        .on("/push", query -> app.push())
        .on("/hashes", query -> app.hashes())
        .on("/unlink", query -> app.unlink())
        .on("/push_left", query -> app.pushLeft())
        .on("/scores", query -> app.scores())
        .on("/rank", query -> app.rank())
        .on("/one_cart", query -> app.oneCart())
        .start();
  }

  private void fill() {
    for (String key : keys("user")) {
      redisTemplate.opsForValue().set(key, "name of " + key);
      redisTemplate.opsForHash().put("cart of " + key, "item", "item of " + key);
      redisTemplate.opsForHash().put("prices", key, "price of " + key);
    }
    redisTemplate.opsForSet().add("known", "user:3", "user:5");
    redisTemplate.opsForZSet().add("board", "user:3", 1.5);
  }

  private static List<String> keys(String name) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(name + ":" + i);
    }
    return keys;
  }

  private String barrier() {
    int found = 0;
    for (String key : keys("user")) {
      found += redisTemplate.hasKey(key) ? 1 : 0;
    }
    return "" + found;
  }

  private String get() {
    List<String> names = new ArrayList<>();
    List<String> keys = keys("user");
    // sin: get
    keys.forEach(key -> names.add(redisTemplate.opsForValue().get(key)));
    // mend: get by many
    // names.addAll({code});
    // done
    return "" + names;
  }

  private String set() {
    // sin: set
    keys("seen").forEach(key -> redisTemplate.opsForValue().set(key, "1"));
    // mend: set by many
    // Map<String, String> map = new LinkedHashMap<>();
    // keys("seen").forEach(key -> map.put(key, "1"));
    // {code};
    // done
    return redisTemplate.opsForValue().get("seen:19");
  }

  private String fields() {
    List<Object> prices = new ArrayList<>();
    String key = "prices";
    // sin: fields
    keys("user").forEach(field -> prices.add(redisTemplate.opsForHash().get(key, field)));
    // mend: fields by many
    // List<Object> fields = new ArrayList<>(keys("user"));
    // prices.addAll({code});
    // done
    return "" + prices;
  }

  private String put() {
    String key = "totals";
    // sin: put
    keys("user").forEach(field -> redisTemplate.opsForHash().put(key, field, "1"));
    // mend: put by many
    // Map<String, String> map = new LinkedHashMap<>();
    // keys("user").forEach(field -> map.put(field, "1"));
    // {code};
    // done
    return "" + redisTemplate.opsForHash().size(key);
  }

  private String delete() {
    List<String> keys = keys("old");
    redisTemplate.opsForValue().set("old:19", "1");
    // sin: delete
    keys.forEach(redisTemplate::delete);
    // mend: delete by many
    // {code};
    // done
    return "" + redisTemplate.hasKey("old:19");
  }

  private String members() {
    String key = "visitors";
    List<String> members = keys("user");
    // sin: members
    members.forEach(member -> redisTemplate.opsForSet().add(key, member));
    // mend: members by many
    // {code};
    // done
    return "" + redisTemplate.opsForSet().size(key);
  }

  private String memberOf() {
    List<Object> known = new ArrayList<>();
    String key = "known";
    List<String> members = keys("user");
    // sin: member_of
    members.forEach(member -> known.add(redisTemplate.opsForSet().isMember(key, member)));
    // mend: member_of by many
    // known.addAll({code}.values());
    // done
    return "" + known;
  }

  private String push() {
    String key = "log";
    List<String> members = keys("line");
    redisTemplate.delete(key);
    // sin: push
    members.forEach(member -> redisTemplate.opsForList().rightPush(key, member));
    // mend: push by many
    // {code};
    // done
    return "" + redisTemplate.opsForList().range(key, 0, -1);
  }

  private String unlink() {
    List<String> keys = keys("old");
    redisTemplate.opsForValue().set("old:19", "1");
    // sin: unlink
    keys.forEach(redisTemplate::unlink);
    // mend: unlink by many
    // {code};
    // done
    return "" + redisTemplate.hasKey("old:19");
  }

  private String pushLeft() {
    String key = "stack";
    List<String> members = keys("line");
    redisTemplate.delete(key);
    // sin: push_left
    members.forEach(member -> redisTemplate.opsForList().leftPush(key, member));
    // mend: push_left by many
    // {code};
    // done
    return "" + redisTemplate.opsForList().range(key, 0, -1);
  }

  private String scores() {
    List<Double> scores = new ArrayList<>();
    String key = "board";
    List<String> members = keys("user");
    // sin: scores
    members.forEach(member -> scores.add(redisTemplate.opsForZSet().score(key, member)));
    // mend: scores by many
    // scores.addAll({code});
    // done
    return "" + scores;
  }

  private String rank() {
    String key = "ranks";
    // sin: rank
    keys("user").forEach(one -> redisTemplate.opsForZSet().add(key, one, one.length()));
    // mend: rank by many
    // Set<TypedTuple<String>> tuples = new LinkedHashSet<>();
    // keys("user").forEach(one -> tuples.add(TypedTuple.of(one, (double) one.length())));
    // {code};
    // done
    return "" + redisTemplate.opsForZSet().size(key);
  }

  /** Its key has a number, and is the same each time. */
  private String oneCart() {
    List<Object> items = new ArrayList<>();
    String key = "cart:7";
    redisTemplate.opsForHash().put(key, "user:3", "item");
    // sin: one_cart
    keys("user").forEach(field -> items.add(redisTemplate.opsForHash().get(key, field)));
    // mend: one_cart by many
    // List<Object> fields = new ArrayList<>(keys("user"));
    // items.addAll({code});
    // done
    return "" + items;
  }

  private String hashes() {
    List<Object> carts = new ArrayList<>();
    // sin: hashes
    // mend: hashes by begin
    // {code}
    // done
    for (String key : keys("user")) {
      carts.add(redisTemplate.opsForHash().entries("cart of " + key));
    }
    // sin: hashes
    // mend: hashes by end
    // {code}
    // carts.clear();
    // carts.addAll(answers);
    // done
    return "" + carts;
  }
}
