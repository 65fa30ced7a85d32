package dev.atalaya.agent.mcp;

import dev.atalaya.agent.json.Json;
import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source whose answer is a list, or an object with one and what holds of all of it. */
final class Listed {
  private final String name;
  private final Source source;

  Listed(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  /** Those that have the words of {@code contains} anywhere. */
  Object list(Arguments arguments) {
    return list(arguments, Query.ALL);
  }

  Object list(Arguments arguments, Query query) {
    List<?> all = Collections.emptyList();
    Map<String, @Nullable Object> beside = new LinkedHashMap<>();
    Object given = source.get(query);
    if (given instanceof List) all = (List<?>) given;
    for (Map.Entry<?, ?> entry : Message.object(given).entrySet()) {
      if (entry.getValue() instanceof List) all = (List<?>) entry.getValue();
      else beside.put(String.valueOf(entry.getKey()), entry.getValue());
    }
    String words = arguments.text("contains").toLowerCase(Locale.ROOT);
    List<@Nullable Object> chosen = new ArrayList<>();
    for (Object one : all) {
      if (words.isEmpty() || Json.write(one).toLowerCase(Locale.ROOT).contains(words)) {
        chosen.add(one);
      }
    }
    return Paged.of(name, chosen, arguments, beside);
  }
}
