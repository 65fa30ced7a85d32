package dev.atalaya.agent.library.caffeine;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.weave.Captured;
import dev.atalaya.agent.weave.Coverage;
import dev.atalaya.agent.weave.LibraryInstrumentation;
import dev.atalaya.agent.weave.Weaver;
import dev.atalaya.bridge.Tracing;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.asm.Advice;

/**
 * Hits and misses of Caffeine 2 and 3, whether or not a cache records its own.
 *
 * <p>Every cache tells a counter of its hits, be it the disabled one. Misses it tells only where
 * they are recorded, so they are seen where the two kinds of caches, bounded and unbounded, look a
 * key up. A read says whether it counts; views that merely look do not.
 */
@AutoService(LibraryInstrumentation.class)
public final class CaffeineInstrumentation extends LibraryInstrumentation {
  private static final String ROOM = "com.github.benmanes.caffeine.cache.";

  public CaffeineInstrumentation() {
    super("caffeine");
  }

  @Override
  public Coverage coverage() {
    return Coverage.of(Captured.CACHE)
        .library(
            "Caffeine",
            "com.github.ben-manes.caffeine:caffeine:2.0.0",
            "com.github.ben-manes.caffeine:caffeine:3.3.1");
  }

  @Override
  public void weave(Weaver weaver) {
    // The guarded one stands before a counter of the application's.
    for (String counter : new String[] {"Disabled", "Concurrent", "Guarded"}) {
      weaver.in(ROOM + "stats." + counter + "StatsCounter").weave("recordHits", "(I)V", Hit.class);
    }
    misses(weaver.in(ROOM + "BoundedLocalCache")).weave("doComputeIfAbsent", null, Load.class);
    String compute = "(Ljava/lang/Object;Ljava/util/function/Function;";
    misses(weaver.in(ROOM + "UnboundedLocalCache"))
        .weave("computeIfAbsent", compute + "Z)Ljava/lang/Object;", ComputeIfAbsent2.class)
        .weave("computeIfAbsent", compute + "ZZ)Ljava/lang/Object;", ComputeIfAbsent.class);
  }

  private static Weaver.Target misses(Weaver.Target cache) {
    return cache
        .weave("getIfPresent", "(Ljava/lang/Object;Z)Ljava/lang/Object;", GetIfPresent.class)
        .weave("getAllPresent", "(Ljava/lang/Iterable;)Ljava/util/Map;", GetAllPresent.class)
        .weave("getAllPresent", "(Ljava/util/Map;Z)I", FillAllPresent.class);
  }

  static final class Hit {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) int count) {
      Tracing.cache("caffeine", null, count, 0);
    }
  }

  static final class GetIfPresent {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(1) boolean counts, @Advice.Return Object value) {
      if (counts && value == null) Tracing.cache("caffeine", null, 0, 1);
    }
  }

  /** A bounded cache comes here when it has looked already. */
  static final class Load {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter() {
      Tracing.cache("caffeine", null, 0, 1);
    }
  }

  static final class ComputeIfAbsent {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("data") ConcurrentHashMap<?, ?> data,
        @Advice.Argument(0) Object key,
        @Advice.Argument(2) boolean counts) {
      if (counts && !data.containsKey(key)) Tracing.cache("caffeine", null, 0, 1);
    }
  }

  /** Early Caffeine 2, where each counts; the flag means something else. */
  static final class ComputeIfAbsent2 {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.FieldValue("data") ConcurrentHashMap<?, ?> data, @Advice.Argument(0) Object key) {
      if (!data.containsKey(key)) Tracing.cache("caffeine", null, 0, 1);
    }
  }

  /** Caffeine 2 to 3.2. */
  static final class GetAllPresent {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Iterable<?> keys, @Advice.Return Map<?, ?> found) {
      int asked = keys instanceof Collection ? ((Collection<?>) keys).size() : found.size();
      Tracing.cache("caffeine", null, 0, asked - found.size());
    }
  }

  /** Newer ones fill a map and return how many keys were not there. */
  static final class FillAllPresent {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return int missing) {
      Tracing.cache("caffeine", null, 0, missing);
    }
  }
}
