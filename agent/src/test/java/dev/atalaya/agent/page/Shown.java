package dev.atalaya.agent.page;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.atalaya.agent.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pages of what a test says that the API answers. */
class Shown {
  final Map<String, Object> given = new HashMap<>();

  /** A list of JSON objects, with ' for ". */
  final void give(String name, String... json) {
    List<Object> all = new ArrayList<>();
    for (String one : json) all.add(Json.parse(one.replace('\'', '"')));
    given.put(name, all);
  }

  final String page(String path, String query) {
    String page = of(path, query);
    assertNotNull(page);
    return page;
  }

  /** Null where there is no page. */
  final String of(String path, String query) {
    String[] parts = (path + "/").split("/", -1);
    return new Pages(sources()).page(parts[0], Query.of(parts[1], query));
  }

  final Map<String, Source> sources() {
    Map<String, Source> sources = new HashMap<>();
    given.forEach((name, value) -> sources.put(name, asked -> value));
    return sources;
  }
}
