package dev.atalaya.agent.library.redis;

import static dev.atalaya.agent.detect.Suggesting.command;
import static dev.atalaya.agent.detect.Suggesting.redis;
import static dev.atalaya.agent.detect.Suggesting.site;
import static dev.atalaya.agent.detect.Suggesting.suggest;
import static dev.atalaya.agent.detect.Suggesting.suggested;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.detect.Kind;
import dev.atalaya.agent.detect.Operation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RedisSuggesterTest {
  @ParameterizedTest
  @MethodSource
  void many(String text, String client, String suggestion) {
    Operation command = redis(text);
    CallSite site = client == null ? null : site("x.Y.z", null, client);
    assertEquals(suggestion, suggest(Kind.N_PLUS_ONE_CACHE, command, null, site, 40, 12.4));
  }

  static Stream<Arguments> many() {
    String slots = " On a cluster, one for each slot.";
    return Stream.of(
        arguments(
            "GET user:{}:cart",
            null,
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms." + slots),
        arguments(
            "GET user:{}",
            "spring-redis",
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms:"
                + " opsForValue().multiGet(keys)."
                + slots),
        arguments(
            "GET user:{}",
            "lettuce",
            "One MGET instead of 40 GETs saves 39 round trips, about 12 ms: mget(keys)." + slots),
        arguments(
            "HGET prices",
            "jedis",
            "One HMGET instead of 40 HGETs saves 39 round trips, about 12 ms: hmget(key,"
                + " fields)."),
        arguments(
            "HGET user:{}",
            "jedis",
            "One pipeline instead of 40 HGETs saves 39 round trips, about 12 ms: pipelined()."),
        arguments(
            "HGETALL user:{}",
            "lettuce",
            "One pipeline instead of 40 HGETALL calls saves 39 round trips, about 12 ms: async()"
                + " between setAutoFlushCommands(false) and flushCommands()."),
        arguments(
            "ZRANGE board:{}",
            "spring-redis",
            "One pipeline instead of 40 ZRANGE calls saves 39 round trips, about 12 ms:"
                + " executePipelined."),
        arguments(
            "SET user:{}",
            "jedis",
            "One MSET instead of 40 SETs saves 39 round trips, about 12 ms: mset(keysAndValues)."
                + " With an expiry, a pipeline."
                + slots),
        arguments(
            "DEL user:{}",
            "spring-redis",
            "One DEL of many keys instead of 40 DEL calls saves 39 round trips, about 12 ms:"
                + " delete(keys)."
                + slots),
        arguments(
            "SADD online",
            "lettuce",
            "One SADD of many members instead of 40 SADD calls saves 39 round trips, about 12 ms:"
                + " sadd(key, members)."),
        arguments(
            "ZSCORE board",
            "jedis",
            "One ZMSCORE instead of 40 ZSCORE calls saves 39 round trips, about 12 ms:"
                + " zmscore(key, members)."),
        arguments(
            "SISMEMBER online",
            "spring-redis",
            "One SMISMEMBER instead of 40 SISMEMBER calls saves 39 round trips, about 12 ms:"
                + " opsForSet().isMember(key, members.toArray())."),
        arguments(
            "SADD online",
            null,
            "One SADD of many members instead of 40 SADD calls saves 39 round trips, about 12"
                + " ms."));
  }

  /** Whether a key is the same each time is not told by its pattern. */
  @ParameterizedTest
  @CsvSource({
    "HGET, cart:7, cart:7, HMGET",
    "HGET, cart:7, cart:8, pipeline",
    "ZSCORE, board:7, board:7, ZMSCORE",
    "SISMEMBER, online:7, online:8, pipeline",
    "LPUSH, log:7, log:7, LPUSH of many members",
  })
  void fields_and_members_of_one_key_need_no_pipeline(
      String command, String even, String odd, String better) {
    String suggestion =
        suggested(
            app -> {
              for (int i = 0; i < 40; i++) {
                app.redis("x", command, i % 2 == 0 ? even : odd, "member" + i);
              }
            });
    assertEquals("One " + better, suggestion.substring(0, suggestion.indexOf(" instead of ")));
  }

  @Test
  void time_that_is_not_known_is_not_told() {
    for (double none : new double[] {0, -1, Double.NaN}) {
      String suggestion =
          suggest(Kind.N_PLUS_ONE_CACHE, redis("HGET prices"), null, null, 40, none);
      assertEquals("One HMGET instead of 40 HGETs saves 39 round trips.", suggestion);
    }
  }

  @Test
  void another_store_of_keys_has_no_commands_of_redis() {
    assertEquals(
        "Send them at once: by a command for many keys, or in one pipeline.",
        suggest(Kind.N_PLUS_ONE_CACHE, command("aerospike", "GET user:{}"), null, null, 40, 12.4));
  }

  @Test
  void a_command_that_reads_all_is_told_of() {
    assertEquals(
        "KEYS looks at every key and blocks all clients meanwhile: use SCAN, or keep the names"
            + " in a set.",
        suggest(Kind.SLOW_QUERY, redis("KEYS *"), null, null, 12, 30));
  }
}
