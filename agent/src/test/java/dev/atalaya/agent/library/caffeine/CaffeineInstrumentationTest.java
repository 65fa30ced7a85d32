package dev.atalaya.agent.library.caffeine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.atalaya.agent.library.Woven;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaffeineInstrumentationTest {
  private Woven woven;

  @BeforeEach
  void weave() {
    woven = Woven.with(new CaffeineInstrumentation());
  }

  @AfterEach
  void close() {
    woven.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maximumSize=100", "maximumSize=100,recordStats", "weakKeys"})
  void reads_are_hits_or_misses(String spec) {
    Cache<String, String> cache = Caffeine.from(spec).build();
    String key = "key";
    cache.getIfPresent(key);
    cache.put(key, "value");
    cache.getIfPresent(key);
    cache.getIfPresent(key);
    assertCounted(2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maximumSize=100", "maximumSize=100,recordStats"})
  void a_load_is_a_miss(String spec) {
    LoadingCache<String, String> cache = Caffeine.from(spec).build(key -> key + "!");
    cache.get("a");
    cache.get("a");
    cache.get("b", key -> "other");
    cache.get("b", key -> "other");
    assertCounted(2, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maximumSize=100"})
  void many_keys_at_once_count_each(String spec) {
    Cache<String, String> cache = Caffeine.from(spec).build();
    cache.put("a", "1");
    cache.put("b", "2");
    cache.getAllPresent(List.of("a", "b", "c"));
    assertCounted(2, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maximumSize=100"})
  void an_asynchronous_cache_counts_as_well(String spec) {
    AsyncCache<String, String> cache = Caffeine.from(spec).buildAsync();
    cache.get("a", key -> "1").join();
    cache.get("a", key -> "2").join();
    assertCounted(1, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maximumSize=100"})
  void what_is_no_read_counts_nothing(String spec) {
    Cache<String, String> cache = Caffeine.from(spec).build();
    cache.put("a", "1");
    cache.asMap().containsKey("a");
    cache.asMap().replace("a", "2");
    cache.invalidate("a");
    assertCounted(0, 0);
  }

  private void assertCounted(int hits, int misses) {
    int[] counted = new int[2];
    for (String line : woven.counted()) {
      String[] words = line.split(" ");
      counted[0] += Integer.parseInt(words[3]);
      counted[1] += Integer.parseInt(words[4]);
    }
    assertEquals(
        hits + " hits, " + misses + " misses", counted[0] + " hits, " + counted[1] + " misses");
  }
}
