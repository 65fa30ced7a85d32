package dev.atalaya.agent.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** As much of a list as an answer holds, from where the last answer ended. */
final class Paged {
  /** Of an answer, without what the protocol puts around it. */
  static final int BYTES = 15 * 1024;

  /** Of one entry. */
  private static final int ENTRY = 3 * 1024;

  static final int MOST = 100;
  private static final int USUAL = 20;

  private Paged() {}

  static Tool arguments(Tool tool) {
    return tool.number("limit", "How many at most; " + USUAL + " if not given.", 1, MOST)
        .number("cursor", "next_cursor of the answer before, for what follows.", 0, 10_000_000);
  }

  /** {@code beside}: what stands beside the list. */
  static Map<String, @Nullable Object> of(
      String name, List<?> all, Arguments arguments, Map<String, @Nullable Object> beside) {
    int from = Math.min(arguments.number("cursor", 0), all.size());
    int to = Math.min(all.size(), from + arguments.number("limit", USUAL));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    beside.forEach((key, value) -> answer.put(key, Shortened.fit(value, ENTRY / 2)));
    List<@Nullable Object> page = new ArrayList<>();
    answer.put("total", all.size());
    answer.put(name, page);
    answer.put("next_cursor", "10000000");
    int bytes = Shortened.bytes(answer);
    int at = from;
    for (; at < to; at++) {
      Object entry = Shortened.fit(all.get(at), ENTRY);
      bytes += Shortened.bytes(entry);
      if (bytes > BYTES && !page.isEmpty()) break;
      page.add(entry);
    }
    if (at < all.size()) answer.put("next_cursor", String.valueOf(at));
    else answer.remove("next_cursor");
    return answer;
  }
}
