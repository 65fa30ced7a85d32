package app;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.List;

/** Redis through Lettuce 5 to 7; argument: the port. */
public final class LettuceApp {
  private LettuceApp() {}

  public static void main(String[] args) throws Exception {
    RedisClient client = RedisClient.create("redis://localhost:" + args[0]);
    final StatefulRedisConnection<String, String> connection = client.connect();
    connection.sync().set("user:1:name", "CANARY-value");
    new Web(4).on("/redis", scenario -> run(client, connection, scenario)).start();
  }

  private static String run(
      RedisClient client, StatefulRedisConnection<String, String> connection, String scenario)
      throws Exception {
    RedisCommands<String, String> sync = connection.sync();
    RedisAsyncCommands<String, String> async = connection.async();
    switch (scenario) {
      case "nothing":
        return "nothing";
      case "hit":
        return sync.get("user:1:name");
      case "miss":
        return sync.get("user:999:name");
      case "set":
        return sync.set("user:2:name", "CANARY-other");
      case "mget":
        return "" + sync.mget("user:1:name", "user:999:name").size();
      case "async":
        return async.get("user:1:name").thenApply(String::length).toCompletableFuture().get() + "";
      case "reactive":
        return connection.reactive().get("user:1:name").block();
      case "connect":
        try (StatefulRedisConnection<String, String> own = client.connect()) {
          return own.sync().get("user:1:name");
        }
      case "pipeline":
        try (StatefulRedisConnection<String, String> own = client.connect()) {
          own.setAutoFlushCommands(false);
          List<RedisFuture<String>> replies = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            replies.add(own.async().get("user:" + i + ":name"));
          }
          own.flushCommands();
          for (RedisFuture<String> reply : replies) {
            reply.get();
          }
          own.setAutoFlushCommands(true);
          return "" + replies.size();
        }
      case "multi":
        try (StatefulRedisConnection<String, String> own = client.connect()) {
          own.sync().multi();
          own.sync().set("user:3:name", "CANARY-third");
          own.sync().get("user:3:name");
          return "" + own.sync().exec().size();
        }
      case "error":
        try {
          sync.lpush("user:1:name", "CANARY-pushed");
          return "no error";
        } catch (RuntimeException e) {
          return "error";
        }
      default:
        throw new IllegalArgumentException(scenario);
    }
  }
}
