package dev.atalaya.agent.library.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.Purpose;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedisCommandTest {
  @Test
  void a_command_is_known_in_whatever_case() {
    assertEquals("GET", of("get").name);
    assertTrue(of("get").isLookup());
    assertSame(of("get"), of("get"));
  }

  @Test
  void what_reads_writes_or_waits_is_told_apart() {
    assertEquals(SqlText.Kind.READ, of("HGETALL").effect);
    assertEquals(SqlText.Kind.WRITE, of("SADD").effect);
    assertEquals(SqlText.Kind.OTHER, of("BLPOP").effect);
    assertEquals(SqlText.Kind.OTHER, of("PING").effect);
  }

  @Test
  void only_a_known_command_has_a_key() {
    assertEquals(0, of("GET").keyIndex());
    assertEquals(2, of("EVAL").keyIndex());
    assertEquals(-1, of("AUTH").keyIndex());
    assertEquals(-1, of("SOME.MODULE").keyIndex());
  }

  @Test
  void what_asks_the_server_of_itself_or_waits_for_others_is_no_work() {
    assertEquals(Purpose.HOUSEKEEPING, of("ping").purpose);
    assertEquals(Purpose.WAITING, of("XREADGROUP").purpose);
    assertEquals(Purpose.WORK, of("LPOP").purpose);
  }

  @Test
  void pipelines_and_transactions_are_several_as_one() {
    assertTrue(RedisCommand.PIPELINE.batch);
    assertTrue(RedisCommand.MULTI.batch);
    assertTrue(!of("MGET").batch);
  }

  private static RedisCommand of(String name) {
    return RedisCommand.of(name.getBytes(StandardCharsets.UTF_8));
  }
}
