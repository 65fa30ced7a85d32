package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to change: a sentence or two for a line of a log, then more, and code to paste. */
public final class Fix {
  final String summary;
  private final StringBuilder more = new StringBuilder();
  private final List<Map<String, Object>> ways = new ArrayList<>(3);

  public Fix(String summary) {
    this.summary = summary;
  }

  /**
   * To keep what is asked for again and again.
   *
   * @param annotation what makes a library keep it, or null
   */
  public static Fix keep(String summary, @Nullable String annotation, Subject subject) {
    return new Fix(summary)
        .more("What is not there is asked for again, unless it is kept as an Optional.")
        .way(subject.loop(), annotation)
        .way(
            "instead of the call, with a Map for the whole request",
            "known.computeIfAbsent(key, each -> read(each))");
  }

  /** One more sentence, for where there is more room than a line. */
  public Fix more(String sentence) {
    if (!sentence.isEmpty()) more.append(' ').append(sentence);
    return this;
  }

  /**
   * One way to do it; the best comes first.
   *
   * @param where what to change: {@code Order.lines}, {@code the query}
   * @param code as it is to be pasted there; null where what is known does not suffice
   */
  public Fix way(String where, @Nullable String code) {
    if (code == null) return this;
    Map<String, Object> way = new LinkedHashMap<>();
    way.put("where", where);
    way.put("code", code);
    ways.add(way);
    return this;
  }

  /** The same with a sentence behind the summary. */
  Fix besides(String sentence) {
    if (sentence.isEmpty()) return this;
    Fix longer = new Fix(summary + sentence);
    longer.more.append(more);
    longer.ways.addAll(ways);
    return longer;
  }

  /** {@code text}, and where there is code {@code where}, {@code code} and {@code or}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", summary + more);
    if (ways.isEmpty()) return json;
    json.putAll(ways.get(0));
    if (ways.size() > 1) json.put("or", new ArrayList<Object>(ways.subList(1, ways.size())));
    return json;
  }
}
