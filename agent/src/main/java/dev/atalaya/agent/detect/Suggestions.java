package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What to change: the first library that has words for it says it, else it is said in ours. */
public final class Suggestions {
  static final Fix WORDLESS =
      new Fix("What to change could not be put into words; docs/detection.md has what helps.");

  private final Consumer<Throwable> faults;

  /**
   * Used by the worker's thread alone; loaded with the first finding, which most starts never see.
   */
  private @Nullable List<Suggester> libraries;

  /** {@code faults} learns of what went wrong while a suggestion was made. */
  public Suggestions(Consumer<Throwable> faults) {
    this.faults = faults;
  }

  /** {@link #WORDLESS} where making it fails: the finding is told all the same. */
  Fix of(OperationSummary s, Kind kind) {
    try {
      return worded(s, kind);
    } catch (RuntimeException | Error error) {
      faults.accept(error);
      return WORDLESS;
    }
  }

  private Fix worded(OperationSummary s, Kind kind) {
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
    try {
      return of(new Subject(Kind.SLOW_QUERY, operation, null, site, 1, wastedMillis, null)).summary;
    } catch (RuntimeException | Error error) {
      faults.accept(error);
      return WORDLESS.summary;
    }
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
