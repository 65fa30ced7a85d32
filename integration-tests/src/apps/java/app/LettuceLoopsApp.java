package app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Lettuce a key at a time and many at once; argument: the port. */
public final class LettuceLoopsApp {
  private static final String[] TEAM = "0 1 2 3 4 5 6 7 8 9 10 11".split(" ");

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private LettuceLoopsApp(RedisClient client) {
    this.client = client;
    this.connection = client.connect();
  }

  public static void main(String[] args) throws Exception {
    LettuceLoopsApp app = new LettuceLoopsApp(RedisClient.create("redis://localhost:" + args[0]));
    new Web(4)
        .on("/reads", query -> app.reads())
        .on("/async_reads", query -> app.asyncReads(app.connection))
        .on("/writes", query -> app.writes())
        .on("/details", query -> app.details())
        .on("/team", query -> app.team())
        .on("/mget", query -> app.mget())
        .on("/pipeline", query -> app.pipeline())
        .on("/multi", query -> app.multi())
        .start();
  }

  private String reads() {
    int found = 0;
    RedisCommands<String, String> redis = connection.sync();
    for (int i = 0; i < 20; i++) {
      found += redis.get("user:" + i + ":name") == null ? 0 : 1; // <- reads
    }
    return found + " names";
  }

  /** A command each where flushing is automatic, else one flush for all. */
  private String asyncReads(StatefulRedisConnection<String, String> redis) throws Exception {
    List<RedisFuture<String>> replies = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      replies.add(redis.async().get("user:" + i + ":name")); // <- async reads
    }
    redis.flushCommands();
    int found = 0;
    for (RedisFuture<String> reply : replies) {
      found += reply.get() == null ? 0 : 1;
    }
    return found + " names";
  }

  private String writes() {
    for (int i = 0; i < 20; i++) {
      connection.sync().set("seen:" + i, "CANARY" + i); // <- writes
    }
    return "20 seen";
  }

  private String details() {
    String[] keys =
        IntStream.range(0, 20).mapToObj(i -> "user:" + i + ":name").toArray(String[]::new);
    int found = connection.sync().mget(keys).size(); // <- names
    for (int i = 0; i < 20; i++) {
      found += connection.sync().hgetall("cart:" + i).size();
    }
    return found + " details";
  }

  /** Of the members that a set has. */
  private String team() {
    int found = 0;
    RedisCommands<String, String> redis = connection.sync();
    redis.sadd("team", TEAM);
    for (String member : redis.smembers("team")) { // <- team
      found += redis.get("user:" + member + ":name") == null ? 0 : 1;
    }
    return found + " names";
  }

  private String mget() {
    String[] keys =
        IntStream.range(0, 20).mapToObj(i -> "user:" + i + ":name").toArray(String[]::new);
    return connection.sync().mget(keys).size() + " names";
  }

  private String pipeline() throws Exception {
    try (StatefulRedisConnection<String, String> own = client.connect()) {
      own.setAutoFlushCommands(false);
      return asyncReads(own);
    }
  }

  private String multi() {
    try (StatefulRedisConnection<String, String> own = client.connect()) {
      own.sync().multi();
      for (int i = 0; i < 20; i++) {
        own.sync().set("seen:" + i, "CANARY" + i);
      }
      return own.sync().exec().size() + " seen";
    }
  }
}
