package app;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Transaction;

/** Jedis a key at a time and many at once, also before a database; argument: the port. */
public final class JedisLoopsApp {
  private static final String[] TEAM = "0 1 2 3 4 5 6 7 8 9 10 11".split(" ");

  private final JedisPool pool;
  private final Pools.Source source;

  private JedisLoopsApp(JedisPool pool, Pools.Source source) {
    this.pool = pool;
    this.source = source;
  }

  public static void main(String[] args) throws Exception {
    Pools.Source source = Pools.of("hikari", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1", "sa", "");
    Orders.create(source, false);
    JedisPool pool = new JedisPool("localhost", Integer.parseInt(args[0]));
    JedisLoopsApp app = new JedisLoopsApp(pool, source);
    try (Jedis jedis = pool.getResource()) {
      for (int i = 0; i < 20; i++) {
        jedis.set("user:" + i + ":name", "CANARY" + i);
      }
    }
    new Web(4)
        .on("/reads", query -> app.reads(20))
        .on("/nine", query -> app.reads(9))
        .on("/same_key", query -> app.sameKey())
        .on("/writes", query -> app.writes())
        .on("/aside", query -> app.aside(0))
        .on("/half_aside", query -> app.aside(10))
        .on("/details", query -> app.details())
        .on("/team", query -> app.team())
        .on("/mget", query -> app.mget())
        .on("/pipeline", query -> app.pipeline())
        .on("/multi", query -> app.multi())
        .start();
  }

  private String reads(int count) {
    int found = 0;
    try (Jedis jedis = pool.getResource()) {
      for (int i = 0; i < count; i++) {
        found += jedis.get("user:" + i + ":name") == null ? 0 : 1; // <- reads
      }
    }
    return found + " names";
  }

  private String sameKey() {
    int found = 0;
    try (Jedis jedis = pool.getResource()) {
      for (int i = 0; i < 12; i++) {
        found += jedis.get("user:7:name") == null ? 0 : 1; // <- same key
      }
    }
    return found + " names";
  }

  private String writes() {
    try (Jedis jedis = pool.getResource()) {
      for (int i = 0; i < 20; i++) {
        jedis.set("seen:" + i, "CANARY" + i); // <- writes
      }
    }
    return "20 seen";
  }

  /** Twenty products, of which so many are cached. */
  private String aside(int cached) throws Exception {
    prepare(cached);
    int found = 0;
    try (Jedis jedis = pool.getResource();
        Connection connection = source.get();
        PreparedStatement statement =
            connection.prepareStatement("SELECT name FROM product WHERE id = ?")) {
      for (int order = 1; order <= 20; order++) {
        String key = "product:" + order * 10;
        String name = jedis.get(key); // <- aside get
        if (name == null) {
          statement.setInt(1, order * 10);
          try (ResultSet rows = statement.executeQuery()) { // <- aside select
            rows.next();
            name = rows.getString(1);
          }
          jedis.set(key, name); // <- aside set
        }
        found += name.length() > 0 ? 1 : 0;
      }
    }
    return found + " products";
  }

  private void prepare(int cached) {
    String[] keys =
        IntStream.rangeClosed(1, 20).mapToObj(i -> "product:" + i * 10).toArray(String[]::new);
    try (Jedis jedis = pool.getResource()) {
      jedis.del(keys);
      Pipeline pipeline = jedis.pipelined();
      for (int i = 0; i < cached; i++) {
        pipeline.set(keys[i], "cached");
      }
      pipeline.sync();
    }
  }

  private String details() {
    String[] keys =
        IntStream.range(0, 20).mapToObj(i -> "user:" + i + ":name").toArray(String[]::new);
    try (Jedis jedis = pool.getResource()) {
      int found = jedis.mget(keys).size(); // <- names
      for (int i = 0; i < 20; i++) {
        found += jedis.hgetAll("cart:" + i).size();
      }
      return found + " details";
    }
  }

  /** Of the members that a set has. */
  private String team() {
    int found = 0;
    try (Jedis jedis = pool.getResource()) {
      jedis.sadd("team", TEAM);
      for (String member : jedis.smembers("team")) { // <- team
        found += jedis.get("user:" + member + ":name") == null ? 0 : 1;
      }
    }
    return found + " names";
  }

  private String mget() {
    String[] keys =
        IntStream.range(0, 20).mapToObj(i -> "user:" + i + ":name").toArray(String[]::new);
    try (Jedis jedis = pool.getResource()) {
      return jedis.mget(keys).size() + " names";
    }
  }

  private String pipeline() {
    try (Jedis jedis = pool.getResource()) {
      Pipeline pipeline = jedis.pipelined();
      for (int i = 0; i < 20; i++) {
        pipeline.get("user:" + i + ":name");
      }
      return pipeline.syncAndReturnAll().size() + " names";
    }
  }

  private String multi() {
    try (Jedis jedis = pool.getResource()) {
      Transaction transaction = jedis.multi();
      for (int i = 0; i < 20; i++) {
        transaction.set("seen:" + i, "CANARY" + i);
      }
      return transaction.exec().size() + " seen";
    }
  }
}
