package dev.atalaya.agent.detect;

import dev.atalaya.agent.sql.SqlText;
import dev.atalaya.agent.trace.CallSite;
import dev.atalaya.agent.trace.CallSite.Library;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What to change, in words of our own: where no library has better ones. */
final class Suggestion {
  private static final int SHARE = 10;

  private Suggestion() {}

  /** What holds whatever library is there. */
  static Fix of(Subject subject) {
    Operation operation = subject.operation;
    CallSite site = subject.site;
    switch (subject.kind) {
      case SLOW_QUERY:
        return new Fix(slow(operation));
      case DUPLICATE_QUERY:
        return duplicate(operation, site);
      case BATCH_TOO_SMALL:
        return small(operation, site);
      default:
        if (operation.isHttp()) return http(operation, subject.figures);
        return repeated(operation, subject.cause, site, subject.count);
    }
  }

  private static Fix repeated(
      Operation operation, @Nullable Operation cause, @Nullable CallSite site, int count) {
    if (operation.isRedis()) {
      return new Fix("Send them at once: by a command for many keys, or in one pipeline.");
    }
    return operation.effect == SqlText.Kind.WRITE
        ? WriteSuggestion.of(operation, site)
        : ReadSuggestion.of(operation, cause, site, count);
  }

  /** A sentence on what else the same finding writes one by one; empty where there is nothing. */
  static String besides(List<Suspect> children) {
    StringJoiner rows = new StringJoiner(", ", " ", " as batches").setEmptyValue("");
    StringJoiner commands = new StringJoiner(", ", " ", " in a pipeline").setEmptyValue("");
    for (Suspect child : children) {
      if (child.kind != Kind.N_PLUS_ONE_WRITE) continue;
      (child.operation.isSql() ? rows : commands).add(child.operation.brief());
    }
    boolean both = rows.length() > 0 && commands.length() > 0;
    String all = rows + (both ? "," : "") + commands;
    return all.isEmpty() ? "" : " Beside that, send" + all + ".";
  }

  /** A sentence on an N+1 that asks for the same again and again. */
  static String fewValues(int count, int distinct) {
    return " Its "
        + count
        + " executions have only "
        + distinct
        + " different values: keeping each answer for the request helps as well.";
  }

  private static Fix http(Operation operation, @Nullable Suspect figures) {
    if (figures != null && figures.parallel) return concurrent(operation);
    return new Fix(
            bulk(operation)
                + (reads(operation) ? "cache the answers or " : "")
                + "send the requests concurrently.")
        .more("Sent concurrently they are told still, with less to win.")
        .way(
            "instead of the loop, where there is no bulk endpoint",
            "keys.stream()\n"
                + "    .map(key -> CompletableFuture.supplyAsync(() -> call(key), executor))\n"
                + "    .collect(Collectors.toList()).stream()\n"
                + "    .map(CompletableFuture::join)\n"
                + "    .collect(Collectors.toList())");
  }

  /** They are sent at the same time already. */
  private static Fix concurrent(Operation operation) {
    return new Fix(
            bulk(operation)
                + (reads(operation) ? "cache the answers, or " : "")
                + "leave it: they are sent concurrently already.")
        .more("atalaya.ignore.fingerprints silences it.");
  }

  private static String bulk(Operation operation) {
    return "Ask for all of them in one request, if there is a bulk endpoint beside "
        + path(operation.text)
        + "; without one, ";
  }

  private static boolean reads(Operation operation) {
    return operation.verb.equals("GET") || operation.verb.equals("HEAD");
  }

  /** {@code /stock/{}} of {@code GET http://host:80/stock/{}?size}. */
  private static String path(String text) {
    int scheme = text.indexOf("://");
    int slash = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
    if (slash < 0) return text;
    int query = text.indexOf('?', slash);
    return query < 0 ? text.substring(slash) : text.substring(slash, query);
  }

  private static Fix duplicate(Operation operation, @Nullable CallSite site) {
    String method = method(site);
    boolean byId = method != null && (method.endsWith("findById") || method.equals("find"));
    if (byId && operation.isSql() && passed(site, Library.HIBERNATE)) {
      return known(
          "Read it once and keep it for the request: in one transaction Hibernate's session has"
              + " it, and "
              + method
              + " asks the database no more.",
          passed(site, Library.SPRING_DATA) ? "@Transactional" : null,
          site);
    }
    return known(
        operation.isHttp()
            ? "Ask once and keep the answer for the request, or cache it as long as it may be old."
            : operation.isRedis()
                ? "Read it once and keep the value for the request; what seldom changes also in a"
                    + " cache in the JVM."
                : "Read it once and keep the result for the request: pass it on, or put a cache"
                    + " before it.",
        null,
        site);
  }

  private static Fix known(String summary, @Nullable String annotation, @Nullable CallSite site) {
    return new Fix(summary)
        .more("What is not there is asked for again, unless it is kept as an Optional.")
        .way(ReadSuggestion.loop(site), annotation)
        .way(
            "instead of the call, with a Map for the whole request",
            "known.computeIfAbsent(key, each -> read(each))");
  }

  private static Fix small(Operation operation, @Nullable CallSite site) {
    boolean writes = operation.effect == SqlText.Kind.WRITE;
    if (passed(site, Library.HIBERNATE)) {
      return writes
          ? new Fix(
                  "Raise hibernate.jdbc.batch_size to 50, and set hibernate.order_inserts and"
                      + " hibernate.order_updates, so that batches fill up.")
              .way(
                  "Hibernate's settings",
                  "hibernate.jdbc.batch_size=50\n"
                      + "hibernate.order_inserts=true\n"
                      + "hibernate.order_updates=true")
          : new Fix(
                  "Raise the batch: @BatchSize(size = 100), or hibernate.default_batch_fetch_size ="
                      + " 100 for all.")
              .way("Hibernate's settings", "hibernate.default_batch_fetch_size=100");
    }
    if (operation.isRedis()) {
      return new Fix("Send more at once: some 100 commands or keys a round trip.");
    }
    return new Fix(
        writes
            ? "Add 50 rows and more to a batch before executeBatch."
            : "Ask for more at once: collect the values, and read some 100 by each IN list.");
  }

  private static String slow(Operation operation) {
    if (operation.isRedis()) {
      return "Look for a large value, a busy server, or a wait for a connection.";
    }
    if (operation.isHttp()) {
      return "The time is the other service's: set a timeout, cache the answer, or do not wait for"
          + " it.";
    }
    if (operation.effect != SqlText.Kind.READ && operation.effect != SqlText.Kind.WRITE) {
      boolean transaction = operation.effect == SqlText.Kind.TRANSACTION;
      return "Look for a lock or a disk that it waits for"
          + (transaction ? "." : ", or into the procedure that it calls.");
    }
    String column = Columns.equal(operation.text);
    String where = column == null ? "what its joins, WHERE and ORDER BY name" : column;
    String table = operation.table == null ? "" : " of " + operation.table;
    if (operation.effect == SqlText.Kind.WRITE) {
      return operation.verb.equals("INSERT")
          ? "Look for locks, triggers and many indexes" + table + "."
          : "Look at its plan with EXPLAIN: is there an index on "
              + where
              + table
              + "? If so, it waits for a lock.";
    }
    if (Columns.readsAll(operation.text)) {
      return "It reads all rows" + table + ": add a condition, a LIMIT, or read by pages.";
    }
    return "Look at its plan with EXPLAIN: is there an index on " + where + table + "?";
  }

  /** The operation is the one that took the most time. */
  static String slowRequest(
      @Nullable Operation operation, @Nullable CallSite site, int count, double millis) {
    String own = "time that no span covers is the application's own work, or waiting for a lock.";
    if (operation == null) return "It called nothing that is seen here: " + own;
    String most =
        String.format(
            Locale.ROOT,
            "Begin with %s: %.0f ms in %d call%s",
            operation.brief(),
            millis,
            count,
            count == 1 ? "" : "s");
    String where = site == null ? "" : " at " + FindingJson.frame(site.top());
    return most + where + "; " + own;
  }

  /** Sentences on connections, where a tenth of the request was lost by them; else empty. */
  static String connections(long nanos, long poolWaitNanos, long heldMeanwhileNanos) {
    String waited =
        String.format(
            Locale.ROOT,
            " It waited %.0f ms for a connection of its pool: give connections back sooner, or let"
                + " the pool have more.",
            poolWaitNanos / 1e6);
    String held =
        String.format(
            Locale.ROOT,
            " HTTP requests of %.0f ms were sent with a transaction open, which holds a connection"
                + " and locks meanwhile: send them before it begins, or after it has ended.",
            heldMeanwhileNanos / 1e6);
    return (SHARE * poolWaitNanos >= nanos ? waited : "")
        + (SHARE * heldMeanwhileNanos >= nanos ? held : "");
  }

  static String chatty(int count) {
    return (count > 1 ? count + " calls for one unit of work: read" : "Read")
        + " what belongs together by a join or an IN list, keep what is asked twice, and run the"
        + " rest concurrently.";
  }

  static boolean passed(@Nullable CallSite site, Library library) {
    return site != null && site.passed(library);
  }

  /** The library's method that was called, without its class; or null. */
  static @Nullable String method(@Nullable CallSite site) {
    String called = site == null ? null : site.called;
    return called == null ? null : called.substring(called.lastIndexOf('.') + 1);
  }
}
