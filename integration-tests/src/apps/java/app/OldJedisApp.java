package app;

import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Jedis of before 3.0, and no Redis. */
public final class OldJedisApp {
  private OldJedisApp() {}

  public static void main(String[] args) throws Exception {
    new Web(2)
        .on(
            "/ping",
            query -> {
              try (Jedis jedis = new Jedis("localhost", 1)) {
                return jedis.ping();
              } catch (JedisConnectionException refused) {
                return "refused";
              }
            })
        .start();
  }
}
