package dev.atalaya.agent.detect;

import dev.atalaya.agent.callsite.CallSite;
import dev.atalaya.agent.trace.OperationFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What suggestions of all families have in common, and those that are of no one operation. */
final class Suggestion {
  private static final int SHARE = 10;

  private Suggestion() {}

  /** A sentence on what else the same finding writes one by one; empty where there is nothing. */
  static String besides(List<OperationSummary> children) {
    Map<OperationFamily, StringJoiner> sent = new EnumMap<>(OperationFamily.class);
    for (OperationSummary child : children) {
      if (child.kind != Kind.N_PLUS_ONE_WRITE) continue;
      Operation write = child.operation;
      FamilyRules rules = Families.of(write);
      sent.computeIfAbsent(
              write.family, f -> new StringJoiner(", ", " ", " " + rules.sentTogether()))
          .add(rules.brief(write));
    }
    StringJoiner all = new StringJoiner(",", " Beside that, send", ".").setEmptyValue("");
    for (StringJoiner one : sent.values()) all.add(one.toString());
    return all.toString();
  }

  /** A sentence on an N+1 that asks for the same again and again. */
  static String fewValues(int count, int distinct) {
    return " Its "
        + count
        + " executions have only "
        + distinct
        + " different values: keeping each answer for the request helps as well.";
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
            Families.of(operation).brief(operation),
            millis,
            count,
            count == 1 ? "" : "s");
    String where = site == null ? "" : " at " + Frames.line(site.top());
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
            " Requests of %.0f ms were sent with a transaction open, which holds a connection"
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
}
