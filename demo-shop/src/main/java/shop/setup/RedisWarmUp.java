package shop.setup;

import jakarta.annotation.PostConstruct;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Puts each product's price and stock into Redis, where the naive edition reads them. */
@Component
@Profile("naive")
final class RedisWarmUp {
  private static final int BATCH = 2_000;

  private final JdbcTemplate jdbc;
  private final StringRedisTemplate redis;

  RedisWarmUp(JdbcTemplate jdbc, StringRedisTemplate redis) {
    this.jdbc = jdbc;
    this.redis = redis;
  }

  @PostConstruct
  void warm() {
    long last = 0;
    for (Map<String, String> values = new HashMap<>(); ; values.clear()) {
      long after = last;
      last = read(after, values);
      if (last == after) {
        return;
      }
      redis.opsForValue().multiSet(values);
    }
  }

  /** Returns the last product that was read, or the one before where there are no more. */
  private long read(long after, Map<String, String> into) {
    long[] last = {after};
    jdbc.query(
        "select id, price, stock from products where id > ? order by id limit ?",
        row -> {
          last[0] = row.getLong("id");
          into.put("price:" + last[0], row.getString("price"));
          into.put("stock:" + last[0], row.getString("stock"));
        },
        after,
        BATCH);
    return last[0];
  }
}
