package dev.atalaya.agent.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The console's pages, by their paths. They work without scripts. */
public final class Pages {
  private final Map<String, Source> sources;
  private final Map<String, View> views = new LinkedHashMap<>();

  /** {@code sources} by the names that they have below {@code /api/}. */
  public Pages(Map<String, Source> sources) {
    this.sources = sources;
    views.put("", new ProblemsView(source("problems"), source("doctor")));
    views.put(
        "problems",
        new ProblemView(
            source("problems"), source("traces"), source("profile"), source("settings")));
    views.put("doctor", new DoctorView(source("doctor")));
    views.put("settings", new SettingsView(source("settings")));
    views.put("routes", new RoutesView(source("routes")));
    views.put("statements", new StatementsView(source("statements"), source("problems")));
    views.put("errors", new ErrorsView(source("errors")));
    views.put("running", new RunningView(source("active")));
    View traces = new TracesView(source("traces"), source("doctor"));
    views.put("traces", new TraceView(source("traces"), traces));
  }

  public boolean has(String name) {
    return views.containsKey(name);
  }

  /** The page at {@code /name/id}, the first at {@code /}; null where there is none. */
  public @Nullable String page(String name, Query query) {
    View view = views.get(name);
    if (view == null) return null;
    Html main = new Html();
    String title = view.show(query, main);
    if (title == null) return null;
    return Layout.page(title, name, new Value(source("doctor").get(Query.ALL)).at("seen"), main);
  }

  /** One that is not given has nothing. */
  private Source source(String name) {
    return query -> {
      Source source = sources.get(name);
      return source == null ? null : source.get(query);
    };
  }
}
