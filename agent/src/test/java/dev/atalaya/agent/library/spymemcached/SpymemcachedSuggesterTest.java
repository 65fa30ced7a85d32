package dev.atalaya.agent.library.spymemcached;

import static dev.atalaya.agent.detect.Suggesting.command;
import static dev.atalaya.agent.detect.Suggesting.suggest;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.detect.Kind;
import org.junit.jupiter.api.Test;

class SpymemcachedSuggesterTest {
  @Test
  void gets_one_by_one_are_one_getBulk() {
    assertEquals(
        "One getBulk instead of 40 gets saves 39 round trips: getBulk(keys). With many servers, one"
            + " for each.",
        suggest(Kind.N_PLUS_ONE_CACHE, command("memcached", "get user:{}"), null, null, 40, 12));
  }

  @Test
  void what_memcached_has_not_for_many_keys_is_not_waited_for_one_by_one() {
    assertEquals(
        "Memcached has no set of many keys: let the client send all before the first answer is"
            + " waited for. Its methods that return a Future do; call get() on them behind the"
            + " loop.",
        suggest(Kind.N_PLUS_ONE_WRITE, command("memcached", "set user:{}"), null, null, 40, 12));
  }
}
