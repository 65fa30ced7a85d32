package dev.atalaya.agent.mcp;

import dev.atalaya.agent.page.Query;
import dev.atalaya.agent.page.Source;
import dev.atalaya.agent.page.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems: a few words of each, or all of one. */
final class Problems {
  /** Entry points of a problem in the list. */
  private static final int PLACES = 3;

  private final Source source;

  Problems(Source source) {
    this.source = source;
  }

  Object list(Arguments arguments) {
    String status = arguments.text("status");
    if (status.isEmpty()) status = "firing";
    List<Object> all = new ArrayList<>();
    for (Value one : new Value(source.get(Query.ALL)).all()) {
      if (!status.equals("all") && !status.equals(one.text("status"))) continue;
      if (!isOrAny(arguments.text("severity"), one.text("severity"))) continue;
      if (!isAt(arguments.text("entry_point").toLowerCase(Locale.ROOT), one)) continue;
      all.add(brief(one));
    }
    return Paged.of("problems", all, arguments, Collections.emptyMap());
  }

  @Nullable Object get(Arguments arguments) {
    String id = arguments.text("problem");
    for (Value one : new Value(source.get(Query.ALL)).all()) {
      if (one.text("problem").equals(id)) return one.json();
    }
    throw new Wrong(
        "There is no such problem. list_problems with status=all has the ids of all; one that is"
            + " resolved is forgotten after an hour.");
  }

  private static boolean isOrAny(String asked, String is) {
    return asked.isEmpty() || asked.equals(is);
  }

  private static boolean isAt(String words, Value problem) {
    if (words.isEmpty()) return true;
    for (Value place : problem.all("entry_points")) {
      if (place.text("entry_point").toLowerCase(Locale.ROOT).contains(words)) return true;
    }
    return false;
  }

  private static Map<String, @Nullable Object> brief(Value problem) {
    Map<String, @Nullable Object> brief = new LinkedHashMap<>();
    for (String key : new String[] {"problem", "kind", "severity", "status"}) {
      brief.put(key, problem.text(key));
    }
    Value operation = problem.at("operation");
    put("what", operation.text("brief"), brief);
    brief.put("count_typical", operation.at("count_typical").json());
    Value site = problem.at("call_site");
    put("line", site.text("file") + ":" + site.text("line"), brief);
    put("function", site.text("function"), brief);
    List<Object> places = new ArrayList<>();
    List<Value> all = problem.all("entry_points");
    for (Value place : all.subList(0, Math.min(PLACES, all.size()))) {
      places.add(place.text("entry_point"));
    }
    if (all.size() > PLACES) places.add("and " + (all.size() - PLACES) + " more");
    brief.put("entry_points", places);
    for (String key : new String[] {"wasted_seconds", "occurrences", "confidence"}) {
      brief.put(key, problem.at(key).json());
    }
    put("first_seen", problem.text("first_seen"), brief);
    put("last_seen", problem.text("last_seen"), brief);
    put("suggestion", problem.text("suggestion"), brief);
    brief.values().removeIf(value -> value == null);
    return brief;
  }

  private static void put(String key, String text, Map<String, @Nullable Object> into) {
    if (!text.isEmpty() && !text.equals(":")) into.put(key, text);
  }
}
