package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What to change: the first library that has words for it says it, else it is said in ours. */
public final class Suggestions {
  /** Of the worker's thread; loaded with the first finding, which most starts never see. */
  private @Nullable List<Suggester> libraries;

  Fix of(OperationSummary s, Kind kind) {
    Operation cause = s.cause == null ? null : s.cause.operation;
    double wasted = s.wastedNanos() / 1e6;
    return of(new Subject(kind, s.operation, cause, s.site, s.count, wasted, s))
        .besides(Suggestion.besides(s.children))
        .besides(
            kind == Kind.N_PLUS_ONE && s.hasFewValues()
                ? Suggestion.fewValues(s.count, s.distinct)
                : "");
  }

  String slow(Operation operation, @Nullable CallSite site, double wastedMillis) {
    return of(new Subject(Kind.SLOW_QUERY, operation, null, site, 1, wastedMillis, null)).summary;
  }

  Fix of(Subject subject) {
    for (Suggester library : libraries()) {
      Fix fix = library.suggest(subject);
      if (fix != null) return fix;
    }
    return Families.of(subject.operation).suggest(subject);
  }

  private List<Suggester> libraries() {
    List<Suggester> known = libraries;
    return known != null ? known : (libraries = load());
  }

  private static List<Suggester> load() {
    List<Suggester> all = new ArrayList<>();
    ClassLoader agent = Suggestions.class.getClassLoader();
    for (Suggester library : ServiceLoader.load(Suggester.class, agent)) all.add(library);
    all.sort(Comparator.comparing(Suggester::layer));
    return all;
  }
}
