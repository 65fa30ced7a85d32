package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atalaya.agent.weave.WeaveIndex;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnsupportedTest {
  /** Nor is it watched, where anything of its package is woven. */
  @Test
  void what_is_instrumented_is_not_told_to_be_missing() throws Exception {
    String woven = WeaveIndex.print(Unsupported.class.getClassLoader());
    assertEquals(
        List.of(),
        Stream.of(Unsupported.SERVERS, Unsupported.OTHERS)
            .flatMap(Stream::of)
            .map(missing -> missing[0])
            .filter(type -> woven.contains("\n\t" + type.substring(0, type.lastIndexOf('/') + 1)))
            .toList());
  }
}
