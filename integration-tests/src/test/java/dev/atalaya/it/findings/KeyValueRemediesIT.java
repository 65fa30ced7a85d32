package dev.atalaya.it.findings;

import dev.atalaya.it.App;
import dev.atalaya.it.memcached.MemcachedProcess;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** What is suggested for Redis and Memcached is done, and helps. */
final class KeyValueRemediesIT {
  @Test
  void keys() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        Remedies.launch("app.KeysApp")
                            .libraries(
                                "redis.clients:jedis:8.0.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/jedis",
                    "/jedis_write",
                    "/jedis_hash",
                    "/jedis_fields",
                    "/jedis_delete",
                    "/jedis_members",
                    "/jedis_scores",
                    "/jedis_same",
                    "/lettuce",
                    "/lettuce_write",
                    "/lettuce_hash",
                    "/lettuce_fields",
                    "/lettuce_put")
                .mend(
                    Remedies.words(
                        "/jedis, many, jedis.mget",
                        "/jedis_write, many, jedis.mset",
                        "/jedis_hash, begin, Pipeline",
                        "/jedis_hash, end, pipeline.sync",
                        "/jedis_fields, many, jedis.hmget",
                        "/jedis_delete, many, jedis.del",
                        "/jedis_members, many, jedis.sadd",
                        "/jedis_scores, many, jedis.zmscore",
                        "/jedis_same, map, known.computeIfAbsent",
                        "/lettuce, many, commands.mget",
                        "/lettuce_write, many, commands.mset",
                        "/lettuce_hash, begin, connection.setAutoFlush",
                        "/lettuce_hash, end, connection.flushCommands",
                        "/lettuce_fields, many, commands.hmget",
                        "/lettuce_put, many, commands.hset")));
  }

  @Test
  void members() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        Remedies.launch("app.MembersApp")
                            .libraries(
                                "redis.clients:jedis:8.0.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/jedis_cart",
                    "/jedis_unlink",
                    "/jedis_lpush",
                    "/jedis_rpush",
                    "/jedis_member_of",
                    "/jedis_hset",
                    "/jedis_zadd",
                    "/jedis_sets",
                    "/jedis_expiring",
                    "/lettuce_cart",
                    "/lettuce_del",
                    "/lettuce_unlink",
                    "/lettuce_sadd",
                    "/lettuce_lpush",
                    "/lettuce_rpush",
                    "/lettuce_member_of",
                    "/lettuce_scores",
                    "/lettuce_zadd")
                .mend(
                    Remedies.words(
                        "/jedis_cart, many, jedis.hmget",
                        "/jedis_unlink, many, jedis.unlink",
                        "/jedis_lpush, many, jedis.lpush",
                        "/jedis_rpush, many, jedis.rpush",
                        "/jedis_member_of, many, jedis.smismember",
                        "/jedis_hset, many, jedis.hset",
                        "/jedis_zadd, many, jedis.zadd",
                        "/jedis_sets, begin, Pipeline",
                        "/jedis_sets, end, pipeline.sync",
                        "/jedis_expiring, begin, Pipeline",
                        "/jedis_expiring, end, pipeline.sync",
                        "/lettuce_cart, many, commands.hmget",
                        "/lettuce_del, many, commands.del",
                        "/lettuce_unlink, many, commands.unlink",
                        "/lettuce_sadd, many, commands.sadd",
                        "/lettuce_lpush, many, commands.lpush",
                        "/lettuce_rpush, many, commands.rpush",
                        "/lettuce_member_of, many, commands.smismember",
                        "/lettuce_scores, many, commands.zmscore",
                        "/lettuce_zadd, many, commands.zadd")));
  }

  @Test
  void memcached() throws Exception {
    try (MemcachedProcess memcached = MemcachedProcess.start()) {
      Remedies.of(
              () ->
                  Remedies.launch("app.MemcachedLoopsApp")
                      .libraries("net.spy:spymemcached:2.12.3")
                      .arguments("" + memcached.port()),
              "/memcached_get",
              "/memcached_set")
          .mend(Remedies.words("/memcached_get, many, Map<String"))
          .ease(
              Remedies.words(
                  "/memcached_set, futures, ...let the client send all before the first answer"),
              found -> found.has("operation.execution", "parallel"));
    }
  }

  @Test
  void spring_keys() throws Exception {
    withRedis(
        port ->
            Remedies.of(
                    () ->
                        Remedies.launch("app.SpringKeysApp")
                            .libraries(
                                "org.springframework.data:spring-data-redis:4.1.2",
                                "io.lettuce:lettuce-core:7.7.0.RELEASE")
                            .arguments(port),
                    "/get",
                    "/set",
                    "/fields",
                    "/put",
                    "/delete",
                    "/members",
                    "/member_of",
                    "/push",
                    "/unlink",
                    "/push_left",
                    "/scores",
                    "/rank",
                    "/one_cart",
                    "/hashes")
                .mend(
                    Remedies.words(
                        "/get, many, redisTemplate.opsForValue().multiGet",
                        "/set, many, redisTemplate.opsForValue().multiSet",
                        "/fields, many, redisTemplate.opsForHash().multiGet",
                        "/put, many, redisTemplate.opsForHash().putAll",
                        "/delete, many, redisTemplate.delete",
                        "/members, many, redisTemplate.opsForSet().add",
                        "/member_of, many, redisTemplate.opsForSet().isMember",
                        "/push, many, redisTemplate.opsForList().rightPushAll",
                        "/unlink, many, redisTemplate.unlink",
                        "/push_left, many, redisTemplate.opsForList().leftPushAll",
                        "/scores, many, redisTemplate.opsForZSet().score",
                        "/rank, many, redisTemplate.opsForZSet().add",
                        "/one_cart, many, redisTemplate.opsForHash().multiGet",
                        "/hashes, begin, List<Object> answers",
                        "/hashes, end, return null",
                        "/hashes, flush, connectionFactory.")));
  }

  private static void withRedis(Consumer<String> test) throws Exception {
    RedisServer redis =
        RedisServer.newRedisServer().port(App.freePort()).setting("save ''").build();
    redis.start();
    try {
      test.accept("" + redis.ports().get(0));
    } finally {
      redis.stop();
    }
  }
}
