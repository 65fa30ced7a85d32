package dev.atalaya.agent.library.hibernate;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Loaded;
import dev.atalaya.agent.detect.Fix;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.Subject;
import dev.atalaya.agent.detect.Suggester;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to have Hibernate load for many owners at once what it loads for each on its own. */
@AutoService(Suggester.class)
public final class HibernateSuggester implements Suggester {
  private static final String BATCH_SIZE = "@BatchSize(size = 100)";
  private static final String DEFAULT = "hibernate.default_batch_fetch_size";
  private static final String SETTINGS =
      "In Spring Boot the setting has spring.jpa.properties. before it.";
  private static final String LEFT =
      "A LEFT join keeps what has none; with type = LOAD what is EAGER stays so.";

  @Override
  public Layer layer() {
    return Layer.MAPPER;
  }

  @Override
  public @Nullable Fix suggest(Subject subject) {
    CallSite site = subject.site;
    if (site == null || !site.passed("hibernate") || !subject.operation.isSql()) return null;
    boolean loads = subject.readsOneByOne() && subject.isLoaded();
    if (!loads) return HibernateStatements.of(subject);
    FetchPlan plan = subject.figures == null ? null : FetchPlan.of(subject.figures);
    if (plan != null) plan.wantLine();
    return suggest(subject.cause, site, plan);
  }

  private static Fix suggest(@Nullable Operation cause, CallSite site, @Nullable FetchPlan plan) {
    boolean eager = site.isEager();
    Loaded loaded = site.loaded;
    String loading = site.loading;
    if (loading == null) return unknown(eager);
    Association association = Association.of(loading);
    // What is EAGER comes with its owner, whoever asks for the field.
    if (site.passed("graphql") && !eager) return field(association, site);
    if (association.isEntity()) return proxy(association, cause);
    if (loaded != null && loaded.byUniqueKey) return byUniqueKey(association, plan);
    if (eager) return eager(association, loaded, plan);
    return plan != null && plan.fitsOneQuery()
        ? fetched(association, plan)
        : batched(association, plan);
  }

  private static Fix unknown(boolean eager) {
    String what = eager ? "An EAGER association" : "A lazy association";
    return new Fix(
            what
                + " is read by a select of its own each time: set "
                + DEFAULT
                + " = 100, or name it in the query: LEFT JOIN FETCH or @EntityGraph.")
        .more(SETTINGS)
        .way("Hibernate's settings", DEFAULT + "=100");
  }

  private static Fix fetched(Association association, FetchPlan plan) {
    String graph = "@EntityGraph(attributePaths = " + plan.attributePaths();
    boolean distinct = plan.needsDistinct();
    String join = plan.firstJoin() + (distinct ? " with SELECT DISTINCT" : "");
    Fix fix =
        new Fix(
                "Fetch "
                    + association
                    + " by "
                    + queryOf(plan)
                    + ": "
                    + (distinct ? join + "" : graph + ", type = LOAD) or " + join)
                    + "; or "
                    + BATCH_SIZE
                    + " on "
                    + association
                    + ".")
            .more(LEFT);
    if (!distinct) fix.way(queryMethod(plan), graph(plan));
    return batchSizes(fix.way(jpqlOf(plan), plan.jpql()), plan);
  }

  private static Fix batched(Association association, @Nullable FetchPlan plan) {
    String why = "";
    if (plan != null && plan.isPaged()) {
      why = " A join fetch would read all pages and cut one out in memory.";
    } else if (plan != null && plan.hasManyBags()) {
      why = " A join fetch of two lists fails (MultipleBagFetchException), unless one is a Set.";
    } else if (plan != null && plan.leadsOn()) {
      why = " A join fetch would have what it holds EAGER read by a select each.";
    }
    String other =
        why.isEmpty()
            ? "; or fetch it by the query (JOIN FETCH, @EntityGraph), by its path from the entity"
                + " that the query returns"
            : "";
    Fix fix =
        new Fix(
                "Load "
                    + association
                    + " of many at once: "
                    + BATCH_SIZE
                    + " on it, or "
                    + DEFAULT
                    + " = 100"
                    + other
                    + "."
                    + why)
            .more(SETTINGS);
    if (plan == null) fix.way(association.toString(), BATCH_SIZE);
    else batchSizes(fix, plan);
    return fix.way("Hibernate's settings", DEFAULT + "=100");
  }

  private static Fix eager(
      Association association, @Nullable Loaded loaded, @Nullable FetchPlan plan) {
    String on = plan == null ? batchSizeOn(association, loaded) : places(plan);
    boolean fetch = plan != null && plan.fitsOneQuery() && !plan.needsDistinct();
    String query =
        plan == null || !fetch
            ? ""
            : "; or by "
                + queryOf(plan)
                + ": @EntityGraph(attributePaths = "
                + plan.attributePaths()
                + ", type = LOAD) or "
                + plan.firstJoin();
    Fix fix =
        new Fix(
                association
                    + " is EAGER and read by a select of its own each time: set "
                    + DEFAULT
                    + " = 100, or "
                    + BATCH_SIZE
                    + " on "
                    + on
                    + query
                    + ".")
            .more(SETTINGS)
            .more("Where it is not always needed, make it LAZY.")
            .way("Hibernate's settings", DEFAULT + "=100")
            .way(on, BATCH_SIZE);
    if (plan == null || !fetch) return fix;
    return fix.more(LEFT).way(queryMethod(plan), graph(plan)).way(jpqlOf(plan), plan.jpql());
  }

  private static Fix byUniqueKey(Association association, @Nullable FetchPlan plan) {
    String never = association + " is found by another column than its key, by a select each time";
    if (plan == null || !plan.fitsOneQuery()) {
      return new Fix(
          never
              + ", and no batch size helps: fetch it by the query, with LEFT JOIN FETCH or"
              + " @EntityGraph.");
    }
    return new Fix(
            never
                + ": fetch it by "
                + queryOf(plan)
                + ": @EntityGraph(attributePaths = "
                + plan.attributePaths()
                + ", type = LOAD) or "
                + plan.firstJoin()
                + ".")
        .more("No batch size helps here.")
        .more(LEFT)
        .way(queryMethod(plan), graph(plan))
        .way(jpqlOf(plan), plan.jpql());
  }

  /** Of GraphQL: a join would be read for those too that did not ask for the field. */
  private static Fix field(Association association, CallSite site) {
    String on =
        association.isEntity()
            ? "class " + association.owner
            : batchSizeOn(association, site.loaded);
    return new Fix(
            "Load "
                + (association.isEntity() ? association.owner : association)
                + " for many fields at once: by "
                + (site.passed("spring-graphql") ? "@BatchMapping" : "a DataLoader")
                + ", or "
                + BATCH_SIZE
                + " on "
                + on
                + ", or "
                + DEFAULT
                + " = 100.")
        .more("A join would be read for those too that did not ask for the field.")
        .more("A batch needs one session for the whole query.")
        .more(SETTINGS)
        .way(on, BATCH_SIZE)
        .way("Hibernate's settings", DEFAULT + "=100");
  }

  /** Which association it is read through, the proxy does not know. */
  private static Fix proxy(Association association, @Nullable Operation cause) {
    String query = cause == null || cause.table == null ? "refers to it" : "reads " + cause.table;
    return new Fix(
            "Load "
                + association.owner
                + " for many at once: "
                + BATCH_SIZE
                + " on class "
                + association.owner
                + ", or "
                + DEFAULT
                + " = 100; or LEFT JOIN FETCH the association in the query that "
                + query
                + ".")
        .more(SETTINGS)
        .way("class " + association.owner, BATCH_SIZE)
        .way("Hibernate's settings", DEFAULT + "=100");
  }

  private static Fix batchSizes(Fix fix, FetchPlan plan) {
    return fix.way(places(plan), BATCH_SIZE);
  }

  /** All that is loaded: a batch size on one of them does nothing for the others. */
  private static String places(FetchPlan plan) {
    Set<String> places = new LinkedHashSet<>();
    for (Loaded one : plan.all) places.add(batchSizeOn(Association.of(one.role), one));
    return String.join(" and ", places);
  }

  private static String batchSizeOn(Association association, @Nullable Loaded loaded) {
    if (loaded != null && loaded.collection) return association.toString();
    if (loaded == null || loaded.target.isEmpty()) return "the class of " + association;
    return "class " + Association.simple(loaded.target);
  }

  /** What the application calls, once its line is known. */
  private static String queryOf(FetchPlan plan) {
    String method = plan.method();
    return method == null ? "the query that returns " + plan.root() : method;
  }

  private static String queryMethod(FetchPlan plan) {
    String method = plan.method();
    return method == null ? "the repository's method that returns " + plan.root() : method;
  }

  private static String jpqlOf(FetchPlan plan) {
    String method = plan.method();
    return "the query of " + (method == null ? plan.root() : method) + " in JPQL";
  }

  private static String graph(FetchPlan plan) {
    return "@EntityGraph(attributePaths = "
        + plan.attributePaths()
        + ", type = EntityGraph.EntityGraphType.LOAD)";
  }
}
