package app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;

/** Caffeine's two kinds of caches, each with two hits and three misses. */
public final class CaffeineApp {
  private CaffeineApp() {}

  public static void main(String[] args) throws Exception {
    new Web(2)
        .on(
            "/caches",
            query -> {
              read(Caffeine.newBuilder().build());
              read(Caffeine.newBuilder().maximumSize(100).build());
              return "read";
            })
        .start();
  }

  private static void read(Cache<String, String> cache) {
    cache.getIfPresent("a");
    cache.put("a", "1");
    cache.getIfPresent("a");
    cache.get("b", key -> "2");
    cache.getAllPresent(Arrays.asList("a", "c"));
  }
}
