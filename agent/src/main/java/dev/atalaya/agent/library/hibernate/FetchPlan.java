package dev.atalaya.agent.library.hibernate;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.callsite.Loaded;
import dev.atalaya.agent.detect.Operation;
import dev.atalaya.agent.detect.OperationSummary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From the entity that a query returns to all that Hibernate then loads on its own, in a finding
 * and its children: {@code Owner}, and {@code pets.visits}.
 */
final class FetchPlan {
  private static final int DEEPEST = 8;
  // Patterns are made when they are used: a class whose initialiser fails is lost for good.
  private static final String PAGED =
      "(?i)\\b(limit|offset|fetch\\s+(first|next)|rownum|row_number)\\b|^select\\s+top\\b";
  private static final String COUNT = "(?i)^select\\s+count\\(";
  private static final String JOIN = "(?i)\\bjoin\\b";

  /** What is loaded, from the query's entity on, step by step; the finding's own first. */
  private final List<List<Loaded>> chains = new ArrayList<>();

  /** All that is loaded, whatever its way from the query. */
  final List<Loaded> all = new ArrayList<>();

  private @Nullable OperationSummary query;
  private boolean leadsOn;

  private FetchPlan() {}

  /** Null where Hibernate loads nothing on its own, or it is not known what. */
  static @Nullable FetchPlan of(OperationSummary finding) {
    Loaded own = loaded(finding);
    if (own == null) return null;
    FetchPlan plan = new FetchPlan();
    plan.all.add(own);
    plan.query = plan.chain(finding);
    for (OperationSummary child : finding.children) {
      Loaded more = loaded(child);
      if (more == null || !isAttribute(more) || plan.all.contains(more)) continue;
      plan.all.add(more);
      if (plan.query != null) plan.chain(child);
    }
    return plan;
  }

  /** The query that the way begins at; null where that is not known. */
  private @Nullable OperationSummary chain(OperationSummary last) {
    Deque<Loaded> chain = new ArrayDeque<>();
    Loaded step = loaded(last);
    OperationSummary at = last;
    while (step != null && isAttribute(step) && chain.size() < DEEPEST) {
      chain.addFirst(step);
      leadsOn |= joins(at.operation.text) > (step.linked ? 1 : 0);
      at = at.cause != null ? at.cause : before(at, step);
      if (at == null) return null;
      Loaded before = loaded(at);
      if (before == null) {
        if (!reads(at.operation, step.ownerTable)) return null;
        if (!chains.isEmpty() && !chains.get(0).get(0).owner.equals(step.owner)) return null;
        chains.add(new ArrayList<>(chain));
        return at;
      }
      if (!before.target.equals(step.owner)) return null;
      step = before;
    }
    return null;
  }

  /** What did not repeat has no cause: this is the last read before it that may lead to it. */
  private static @Nullable OperationSummary before(OperationSummary summary, Loaded step) {
    OperationSummary last = null;
    for (OperationSummary read : summary.reads) {
      if (read == summary || read.startsAfter(summary)) continue;
      Loaded loaded = loaded(read);
      boolean leadsTo =
          loaded == null
              ? reads(read.operation, step.ownerTable)
                  && !Pattern.compile(COUNT).matcher(read.operation.text).find()
              : loaded.target.equals(step.owner);
      if (leadsTo && (last == null || read.startsAfter(last))) last = read;
    }
    return last;
  }

  private static @Nullable Loaded loaded(OperationSummary summary) {
    CallSite site = summary.site;
    if (site != null) return site.isLoading() ? site.loaded : null;
    return summary.operation.template == null ? null : summary.operation.template.loaded;
  }

  private static boolean isAttribute(Loaded loaded) {
    return !loaded.role.equals(loaded.target);
  }

  /** Whether the table is the first that the statement names. */
  private static boolean reads(Operation operation, String table) {
    if (table.isEmpty() || !operation.isSql()) return false;
    String text = operation.text.toLowerCase(Locale.ROOT).replaceAll("[\"`\\[\\]]", "");
    int from = text.indexOf(" from ");
    if (from < 0) return false;
    String first = text.substring(from + 6).trim().split("[\\s,()]", 2)[0];
    return bare(first).equals(bare(table.toLowerCase(Locale.ROOT).replaceAll("[\"`\\[\\]]", "")));
  }

  /** Without its schema. */
  private static String bare(String table) {
    return table.substring(table.lastIndexOf('.') + 1);
  }

  /** Asks for the call site of the query. */
  void wantLine() {
    if (query != null) query.wantLine();
  }

  /** Whether one query may fetch it all, and page as before. */
  boolean fitsOneQuery() {
    return query != null && !isPaged() && !hasManyBags() && !leadsOn;
  }

  /**
   * Whether what is loaded has EAGER associations: Hibernate's own select joins them, a query that
   * fetches it would have each read by itself.
   */
  boolean leadsOn() {
    return query != null && leadsOn;
  }

  private static int joins(String sql) {
    int joins = 0;
    Matcher next = Pattern.compile(JOIN).matcher(sql);
    while (next.find()) joins++;
    return joins;
  }

  boolean isPaged() {
    return query != null
        && Pattern.compile(PAGED).matcher(query.operation.text).find()
        && fetchesCollections();
  }

  /** Hibernate does not fetch two of these by one query. */
  boolean hasManyBags() {
    int bags = 0;
    for (Loaded one : steps()) if (one.bag) bags++;
    return bags > 1;
  }

  boolean fetchesCollections() {
    for (Loaded one : steps()) if (one.collection) return true;
    return false;
  }

  /** Whether an owner comes once for each of its rows, unless the query says distinct. */
  boolean needsDistinct() {
    for (Loaded one : steps()) if (one.rowsRepeatOwners && one.collection) return true;
    return false;
  }

  private List<Loaded> steps() {
    List<Loaded> steps = new ArrayList<>();
    for (List<Loaded> chain : chains) {
      for (Loaded one : chain) if (!steps.contains(one)) steps.add(one);
    }
    return steps;
  }

  /** Of the entity that the query returns, without its package. */
  String root() {
    return Association.simple(chains.get(0).get(0).owner);
  }

  /** {@code "pets.visits"}, or several in braces, as an annotation has them. */
  String attributePaths() {
    List<String> paths = new ArrayList<>();
    for (List<Loaded> chain : chains) {
      StringBuilder path = new StringBuilder();
      for (Loaded one : chain) {
        path.append(path.length() == 0 ? "" : ".").append(Association.of(one.role).path);
      }
      paths.add(path.toString());
    }
    List<String> longest = new ArrayList<>();
    for (String path : paths) {
      boolean isPart = paths.stream().anyMatch(other -> other.startsWith(path + "."));
      if (!isPart && !longest.contains('"' + path + '"')) longest.add('"' + path + '"');
    }
    String joined = String.join(", ", longest);
    return longest.size() == 1 ? joined : "{" + joined + "}";
  }

  /** {@code PetRepository.findAll (OwnerController.java:42)}; null where that is not known. */
  @Nullable String method() {
    CallSite site = query == null ? null : query.site;
    if (site == null) return null;
    StackTraceElement line = site.top();
    String own = site.isOwnMethod ? site.called : null;
    String name = own == null ? line.getClassName() + "." + line.getMethodName() : own;
    int dot = name.lastIndexOf('.');
    String method = Association.simple(name.substring(0, dot)) + name.substring(dot);
    String file = line.getFileName();
    return file == null ? method : method + " (" + file + ":" + line.getLineNumber() + ")";
  }

  /** {@code select o from Owner o left join fetch o.pets p left join fetch p.visits}. */
  String jpql() {
    List<String> joined = new ArrayList<>();
    List<String> aliases = new ArrayList<>();
    String rootAlias = alias(root(), aliases);
    StringBuilder text = new StringBuilder("select ");
    if (needsDistinct()) text.append("distinct ");
    text.append(rootAlias).append(" from ").append(root()).append(' ').append(rootAlias);
    List<String> aliasOf = new ArrayList<>();
    for (List<Loaded> chain : chains) {
      String at = rootAlias;
      for (int i = 0; i < chain.size(); i++) {
        String path = Association.of(chain.get(i).role).path;
        String join = at + "." + path;
        int known = joined.indexOf(join);
        if (known >= 0) {
          at = aliasOf.get(known);
          continue;
        }
        at = alias(path, aliases);
        joined.add(join);
        aliasOf.add(at);
        text.append(" left join fetch ").append(join);
        if (isWalkedOn(chain, i)) text.append(' ').append(at);
      }
    }
    return text.toString();
  }

  /** {@code LEFT JOIN FETCH o.pets}: the first join of {@link #jpql}. */
  String firstJoin() {
    String query = jpql();
    int join = query.indexOf("left join fetch ");
    int end = query.indexOf(' ', join + 16);
    return "LEFT JOIN FETCH " + query.substring(join + 16, end < 0 ? query.length() : end);
  }

  private boolean isWalkedOn(List<Loaded> chain, int step) {
    for (List<Loaded> other : chains) {
      if (other.size() > step + 1
          && other.subList(0, step + 1).equals(chain.subList(0, step + 1))) {
        return true;
      }
    }
    return false;
  }

  private static String alias(String name, List<String> taken) {
    String letter = name.isEmpty() ? "e" : name.substring(0, 1).toLowerCase(Locale.ROOT);
    String alias = letter;
    for (int i = 2; taken.contains(alias); i++) alias = letter + i;
    taken.add(alias);
    return alias;
  }
}
