package dev.atalaya.agent.library.graphql;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.SqlWords;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import org.jspecify.annotations.Nullable;

/** A field knows only its own parent; what gathers the parents of a level is a loader. */
@AutoService(Suggester.class)
public final class GraphQlSuggester implements Suggester {
  private static final String NO_JOIN =
      "A join would be read for those too that did not ask for the field.";

  @Override
  public Layer layer() {
    return Layer.AROUND;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    boolean field = subject.passed("graphql");
    // What a mapper loads on its own is for the mapper's suggester.
    if (!field || !subject.readsOneByOne() || subject.isLoaded()) return null;
    String in = SqlWords.in(subject.operation);
    return subject.passed("spring-graphql") ? batchMapping(subject, in) : loader(subject, in);
  }

  private static Fix batchMapping(Subject subject, String in) {
    return new Fix(
            "Resolve the field by @BatchMapping: it is given the parents of one level, to read all"
                + " by one statement with "
                + in
                + ".")
        .more(NO_JOIN)
        .more(
            "The method takes a List of parents and returns a Map of them to what belongs to"
                + " each, or a List in their order.")
        .way(subject.loop(), "@BatchMapping");
  }

  private static Fix loader(Subject subject, String in) {
    String caller = subject.caller();
    return new Fix(
            "Resolve the field by a DataLoader: it collects the keys of one level and reads them by"
                + " one statement with "
                + in
                + ".")
        .more(NO_JOIN)
        .more("Register the loader in the DataLoaderRegistry of each ExecutionInput.")
        .way(
            "the field's DataFetcher" + (caller == null ? "" : ", which is or calls " + caller),
            "environment.getDataLoader(\"loader\").load(key)")
        .way(
            "the DataLoaderRegistry of the request",
            "DataLoaderFactory.newMappedDataLoader(\n"
                + "    keys -> CompletableFuture.completedFuture(readAll(keys)))");
  }
}
