package dev.atalaya.agent.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A finding in one line, for the log. */
final class FindingLine {
  /** Entry points that are named, beside its own. */
  private static final int NAMED = 2;

  private final Occurrence found;
  private final StringBuilder line = new StringBuilder(200);

  private FindingLine(Occurrence found) {
    this.found = found;
  }

  /**
   * {@code N+1 GET /orders: SELECT order_items x20 (~20 distinct, ...) after SELECT orders ...}.
   */
  static String of(Occurrence found, Collection<String> entryPoints) {
    return new FindingLine(found).text(entryPoints);
  }

  private String text(Collection<String> entryPoints) {
    line.append(found.kind.title()).append(' ').append(found.entryPoint);
    others(entryPoints);
    line.append(':');
    if (found.kind.isSlow()) slow();
    else repeated();
    cause();
    if (found.site != null) line.append(" at ").append(Frames.line(found.site.top()));
    line.append(" -> ").append(found.suggestion);
    line.append(" [").append(found.problem).append(']');
    if (found.traceId != null) line.append(" trace=").append(found.traceId);
    return line.toString();
  }

  /** {@code GET /orders and GET /analytics: ...}, or {@code ... and 4 more: ...}. */
  private void others(Collection<String> entryPoints) {
    List<String> others = new ArrayList<>(entryPoints);
    others.remove(found.entryPoint);
    for (int i = 0; i < others.size(); i++) {
      boolean last = i == others.size() - 1;
      if (i == NAMED && !last) {
        line.append(" and ").append(others.size() - i).append(" more");
        return;
      }
      line.append(last ? " and " : ", ").append(others.get(i));
    }
  }

  private void slow() {
    if (found.operation != null) line.append(' ').append(brief(found.operation));
    line.append(found.running ? " still runs after " : " took ").append(millis(found.totalNanos));
    line.append(" (threshold ").append(millis(found.thresholdNanos));
    if (found.rows > 0) line.append(", ").append(found.rows).append(" rows");
    line.append(')');
  }

  private void repeated() {
    Operation operation = found.operation;
    if (operation == null) line.append(' ').append(found.count).append(" operations (");
    else {
      line.append(' ').append(brief(operation)).append(" x").append(found.count);
      line.append(" (");
      if (found.distinct > 0) line.append('~').append(found.distinct).append(" distinct, ");
    }
    line.append(millis(found.totalNanos)).append(" of ").append(millis(found.unitNanos));
    line.append(')');
    for (Occurrence.Part child : found.children) {
      line.append(", ").append(brief(child.operation)).append(" x").append(child.count);
    }
  }

  private void cause() {
    if (found.cause != null) {
      line.append(" after ").append(brief(found.cause));
      if (found.causeRows >= 0) {
        line.append(" (").append(found.causeRows).append(" rows");
        line.append(found.joined ? " of a join)" : ")");
      }
      if (found.causeSite == null) return;
      line.append(" read at ").append(Frames.line(found.causeSite.top()));
    } else if (found.kind.isNPlusOne()) {
      line.append(" (cause not seen)");
    }
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return millis < 10
        ? String.format(Locale.ROOT, "%.1f ms", millis)
        : String.format(Locale.ROOT, "%.0f ms", millis);
  }

  /** In a line: a statement's summary, but a command with its key. */
  private static String brief(Operation operation) {
    return Families.of(operation).brief(operation);
  }
}
