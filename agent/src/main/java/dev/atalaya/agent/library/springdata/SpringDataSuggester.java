package dev.atalaya.agent.library.springdata;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How to ask a repository once for what it was asked for one by one. */
@AutoService(Suggester.class)
public final class SpringDataSuggester implements Suggester {
  /** A derived query on one property: with In appended, it takes a collection. */
  private static final String BY_ONE =
      "(find|read|get|query|search|stream)(All|Distinct)?By"
          + "(?!.*(And|Or)[A-Z])(?!.*OrderBy[A-Z])"
          + "(?!.*(In|Like|Not|Null|True|False|Than|Equal|Between|Before|After|With|Containing"
          + "|Contains|IgnoreCase|Exists|Empty)$)[A-Z]\\w*";

  @Override
  public Layer layer() {
    return Layer.REPOSITORY;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    boolean repository = subject.passed("spring-data");
    if (!repository || !subject.readsOneByOne() || subject.isLoaded()) return null;
    String method = subject.called();
    String join = SqlWords.join(subject);
    if (method == null) {
      return new Fix("Read them by one query method with In and a Collection" + join + ".");
    }
    int count = subject.count;
    String instead = " instead of " + method + (count > 1 ? " " + count + " times" : "") + ".";
    switch (method) {
      case "findById":
      case "getById":
      case "getOne":
      case "getReferenceById":
      case "existsById":
        return byIds(subject, instead);
      case "findAll":
      case "findAllById":
        return new Fix(
            method
                + " reads one row's children after the other: write the query with a join, or read"
                + " the children by one statement with "
                + SqlWords.in(subject.operation)
                + ".");
      default:
        return byProperty(method, join, instead);
    }
  }

  private static Fix byIds(Subject subject, String instead) {
    return new Fix("Collect the ids and call findAllById(ids) once" + instead)
        .more(
            "Its result is in no order, has each entity once, and lacks those that are not"
                + " there: look them up in a Map by id.")
        .way(
            subject.loop(),
            "repository.findAllById(ids).stream()\n"
                + "    .collect(Collectors.toMap(each -> each.getId(), each -> each))");
  }

  private static Fix byProperty(String method, String join, String instead) {
    boolean derived = Pattern.matches(BY_ONE, method);
    String such = derived ? " such as " + method + "In(Collection)" : "";
    return new Fix("Call one query method with In and a Collection" + such + join + "," + instead)
        .more("Tell its results apart by the property, as they come in no order.")
        .way("the repository", derived ? method + "In(Collection" : null);
  }
}
